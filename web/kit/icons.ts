// The only file that imports icons: each by its own file, because the barrel makes Vite read 6,000 modules.
import IconActivity from "@tabler/icons-react/dist/esm/icons/IconActivity.mjs";
import IconAlertTriangle from "@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs";
import IconArrowDown from "@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs";
import IconArrowUp from "@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs";
import IconBell from "@tabler/icons-react/dist/esm/icons/IconBell.mjs";
import IconComment from "@tabler/icons-react/dist/esm/icons/IconMessage.mjs";
import IconBoard from "@tabler/icons-react/dist/esm/icons/IconLayoutKanban.mjs";
import IconBuilding from "@tabler/icons-react/dist/esm/icons/IconBuilding.mjs";
import IconCheck from "@tabler/icons-react/dist/esm/icons/IconCheck.mjs";
import IconChevronDown from "@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs";
import IconChevronRight from "@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs";
import IconColumns from "@tabler/icons-react/dist/esm/icons/IconColumns3.mjs";
import IconDevice from "@tabler/icons-react/dist/esm/icons/IconDeviceDesktop.mjs";
import IconDots from "@tabler/icons-react/dist/esm/icons/IconDots.mjs";
import IconDownload from "@tabler/icons-react/dist/esm/icons/IconDownload.mjs";
import IconExternal from "@tabler/icons-react/dist/esm/icons/IconExternalLink.mjs";
import IconFileText from "@tabler/icons-react/dist/esm/icons/IconFileText.mjs";
import IconForm from "@tabler/icons-react/dist/esm/icons/IconForms.mjs";
import IconFilter from "@tabler/icons-react/dist/esm/icons/IconFilter.mjs";
import IconHelp from "@tabler/icons-react/dist/esm/icons/IconHelpCircle.mjs";
import IconHome from "@tabler/icons-react/dist/esm/icons/IconHome.mjs";
import IconImport from "@tabler/icons-react/dist/esm/icons/IconFileImport.mjs";
import IconInfo from "@tabler/icons-react/dist/esm/icons/IconInfoCircle.mjs";
import IconKeyboard from "@tabler/icons-react/dist/esm/icons/IconKeyboard.mjs";
import IconLock from "@tabler/icons-react/dist/esm/icons/IconLock.mjs";
import IconLogout from "@tabler/icons-react/dist/esm/icons/IconLogout.mjs";
import IconMail from "@tabler/icons-react/dist/esm/icons/IconMail.mjs";
import IconMenu from "@tabler/icons-react/dist/esm/icons/IconMenu2.mjs";
import IconMoon from "@tabler/icons-react/dist/esm/icons/IconMoon.mjs";
import IconOrders from "@tabler/icons-react/dist/esm/icons/IconTruckDelivery.mjs";
import IconPaperclip from "@tabler/icons-react/dist/esm/icons/IconPaperclip.mjs";
import IconPackage from "@tabler/icons-react/dist/esm/icons/IconPackage.mjs";
import IconPackageExport from "@tabler/icons-react/dist/esm/icons/IconPackageExport.mjs";
import IconPencil from "@tabler/icons-react/dist/esm/icons/IconPencil.mjs";
import IconPlus from "@tabler/icons-react/dist/esm/icons/IconPlus.mjs";
import IconCash from "@tabler/icons-react/dist/esm/icons/IconCash.mjs";
import IconReceipt from "@tabler/icons-react/dist/esm/icons/IconReceipt.mjs";
import IconRefresh from "@tabler/icons-react/dist/esm/icons/IconRefresh.mjs";
import IconSearch from "@tabler/icons-react/dist/esm/icons/IconSearch.mjs";
import IconSettings from "@tabler/icons-react/dist/esm/icons/IconSettings.mjs";
import IconSidebar from "@tabler/icons-react/dist/esm/icons/IconLayoutSidebar.mjs";
import IconSparkles from "@tabler/icons-react/dist/esm/icons/IconSparkles.mjs";
import IconStar from "@tabler/icons-react/dist/esm/icons/IconStar.mjs";
import IconSun from "@tabler/icons-react/dist/esm/icons/IconSun.mjs";
import IconTable from "@tabler/icons-react/dist/esm/icons/IconTable.mjs";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import IconUndo from "@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs";
import IconUpload from "@tabler/icons-react/dist/esm/icons/IconUpload.mjs";
import IconUser from "@tabler/icons-react/dist/esm/icons/IconUser.mjs";
import IconUserPlus from "@tabler/icons-react/dist/esm/icons/IconUserPlus.mjs";
import IconUsers from "@tabler/icons-react/dist/esm/icons/IconUsers.mjs";
import IconUsersGroup from "@tabler/icons-react/dist/esm/icons/IconUsersGroup.mjs";
import IconTheme from "@tabler/icons-react/dist/esm/icons/IconHash.mjs";
import IconInsight from "@tabler/icons-react/dist/esm/icons/IconBulb.mjs";
import IconImprovement from "@tabler/icons-react/dist/esm/icons/IconFlask.mjs";
import IconDay from "@tabler/icons-react/dist/esm/icons/IconChecklist.mjs";
import IconOnboarding from "@tabler/icons-react/dist/esm/icons/IconStairsUp.mjs";
import IconPlay from "@tabler/icons-react/dist/esm/icons/IconLifebuoy.mjs";
import IconLoyalty from "@tabler/icons-react/dist/esm/icons/IconCoin.mjs";
import IconWorth from "@tabler/icons-react/dist/esm/icons/IconGrid4x4.mjs";
import IconCase from "@tabler/icons-react/dist/esm/icons/IconLifebuoy.mjs";
import IconSurvey from "@tabler/icons-react/dist/esm/icons/IconMessageStar.mjs";
import IconPromotion from "@tabler/icons-react/dist/esm/icons/IconDiscount.mjs";
import IconReferral from "@tabler/icons-react/dist/esm/icons/IconHeartHandshake.mjs";
import IconHealth from "@tabler/icons-react/dist/esm/icons/IconHeartbeat.mjs";
import IconPrediction from "@tabler/icons-react/dist/esm/icons/IconChartLine.mjs";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";

/** The icons Rondo draws, by what they mean; size 16, stroke 1.75 unless said. */
export const icons = {
  activity: IconActivity, account: IconBuilding, alert: IconAlertTriangle, auto: IconDevice, bell: IconBell, board: IconBoard, case: IconCase, check: IconCheck, columns: IconColumns, comment: IconComment, contact: IconUsers,
  dark: IconMoon, day: IconDay, down: IconChevronDown, download: IconDownload, clip: IconPaperclip, edit: IconPencil, external: IconExternal, filter: IconFilter, form: IconForm, health: IconHealth, help: IconHelp,
  home: IconHome, import: IconImport, improvement: IconImprovement, insight: IconInsight, info: IconInfo, invite: IconUserPlus, invoice: IconReceipt, keys: IconKeyboard, light: IconSun, lock: IconLock, loyalty: IconLoyalty, mail: IconMail, menu: IconMenu, more: IconDots,
  onboarding: IconOnboarding, order: IconOrders, payment: IconCash, play: IconPlay, plus: IconPlus, prediction: IconPrediction, product: IconPackage, promotion: IconPromotion, quote: IconFileText, referral: IconReferral, refresh: IconRefresh, right: IconChevronRight, sample: IconSparkles, search: IconSearch,
  segment: IconUsersGroup, settings: IconSettings, shipment: IconPackageExport, sidebar: IconSidebar, signOut: IconLogout, sortAsc: IconArrowUp, sortDesc: IconArrowDown, star: IconStar, survey: IconSurvey, table: IconTable, theme: IconTheme, trash: IconTrash,
  undo: IconUndo, upload: IconUpload, user: IconUser, worth: IconWorth, x: IconX,
} as const; // prettier-ignore
export type IconName = keyof typeof icons;
