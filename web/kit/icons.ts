// The only file that imports icons: each by its own file, because the barrel makes Vite read 6,000 modules.
import IconActivity from "@tabler/icons-react/dist/esm/icons/IconActivity.mjs";
import IconAlertTriangle from "@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs";
import IconArrowDown from "@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs";
import IconArrowUp from "@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs";
import IconBuilding from "@tabler/icons-react/dist/esm/icons/IconBuilding.mjs";
import IconCheck from "@tabler/icons-react/dist/esm/icons/IconCheck.mjs";
import IconChevronDown from "@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs";
import IconChevronRight from "@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs";
import IconColumns from "@tabler/icons-react/dist/esm/icons/IconColumns3.mjs";
import IconDevice from "@tabler/icons-react/dist/esm/icons/IconDeviceDesktop.mjs";
import IconDots from "@tabler/icons-react/dist/esm/icons/IconDots.mjs";
import IconDownload from "@tabler/icons-react/dist/esm/icons/IconDownload.mjs";
import IconExternal from "@tabler/icons-react/dist/esm/icons/IconExternalLink.mjs";
import IconFilter from "@tabler/icons-react/dist/esm/icons/IconFilter.mjs";
import IconHelp from "@tabler/icons-react/dist/esm/icons/IconHelpCircle.mjs";
import IconHome from "@tabler/icons-react/dist/esm/icons/IconHome.mjs";
import IconImport from "@tabler/icons-react/dist/esm/icons/IconFileImport.mjs";
import IconInfo from "@tabler/icons-react/dist/esm/icons/IconInfoCircle.mjs";
import IconKeyboard from "@tabler/icons-react/dist/esm/icons/IconKeyboard.mjs";
import IconLogout from "@tabler/icons-react/dist/esm/icons/IconLogout.mjs";
import IconMenu from "@tabler/icons-react/dist/esm/icons/IconMenu2.mjs";
import IconMoon from "@tabler/icons-react/dist/esm/icons/IconMoon.mjs";
import IconOrders from "@tabler/icons-react/dist/esm/icons/IconTruckDelivery.mjs";
import IconPackage from "@tabler/icons-react/dist/esm/icons/IconPackage.mjs";
import IconPencil from "@tabler/icons-react/dist/esm/icons/IconPencil.mjs";
import IconPlus from "@tabler/icons-react/dist/esm/icons/IconPlus.mjs";
import IconRefresh from "@tabler/icons-react/dist/esm/icons/IconRefresh.mjs";
import IconSearch from "@tabler/icons-react/dist/esm/icons/IconSearch.mjs";
import IconSettings from "@tabler/icons-react/dist/esm/icons/IconSettings.mjs";
import IconSidebar from "@tabler/icons-react/dist/esm/icons/IconLayoutSidebar.mjs";
import IconSparkles from "@tabler/icons-react/dist/esm/icons/IconSparkles.mjs";
import IconSun from "@tabler/icons-react/dist/esm/icons/IconSun.mjs";
import IconTable from "@tabler/icons-react/dist/esm/icons/IconTable.mjs";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import IconUndo from "@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs";
import IconUpload from "@tabler/icons-react/dist/esm/icons/IconUpload.mjs";
import IconUser from "@tabler/icons-react/dist/esm/icons/IconUser.mjs";
import IconUserPlus from "@tabler/icons-react/dist/esm/icons/IconUserPlus.mjs";
import IconUsers from "@tabler/icons-react/dist/esm/icons/IconUsers.mjs";
import IconUsersGroup from "@tabler/icons-react/dist/esm/icons/IconUsersGroup.mjs";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";

/** The icons Rondo draws, by what they mean; size 16, stroke 1.75 unless said. */
export const icons = {
  activity: IconActivity, account: IconBuilding, alert: IconAlertTriangle, auto: IconDevice, check: IconCheck, columns: IconColumns, contact: IconUsers,
  dark: IconMoon, down: IconChevronDown, download: IconDownload, edit: IconPencil, external: IconExternal, filter: IconFilter, help: IconHelp,
  home: IconHome, import: IconImport, info: IconInfo, invite: IconUserPlus, keys: IconKeyboard, light: IconSun, menu: IconMenu, more: IconDots,
  order: IconOrders, plus: IconPlus, product: IconPackage, refresh: IconRefresh, right: IconChevronRight, sample: IconSparkles, search: IconSearch,
  segment: IconUsersGroup, settings: IconSettings, sidebar: IconSidebar, signOut: IconLogout, sortAsc: IconArrowUp, sortDesc: IconArrowDown, table: IconTable, trash: IconTrash,
  undo: IconUndo, upload: IconUpload, user: IconUser, x: IconX,
} as const; // prettier-ignore
export type IconName = keyof typeof icons;
