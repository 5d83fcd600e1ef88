import { useState } from "react";
import { useLingui } from "@lingui/react";
import { useEditorState, type Editor } from "@tiptap/react";

const isLink = (text: string): boolean => /^(?:https?:\/\/|mailto:|tel:)\S+$/i.test(text);

const LinkField = ({ editor, onDone }: { editor: Editor; onDone: () => void }) => {
  const { _ } = useLingui();
  const [href, setHref] = useState(String(editor.getAttributes("link")["href"] ?? ""));
  const [wrong, setWrong] = useState(false);
  const keep = (): void => {
    const full = href.trim() && !/^[a-z]+:/i.test(href.trim()) ? `https://${href.trim()}` : href.trim();
    if (full && !isLink(full)) return setWrong(true);
    if (full) editor.chain().focus().extendMarkRange("link").setLink({ href: full }).run();
    else editor.chain().focus().extendMarkRange("link").unsetLink().run();
    onDone();
  };
  return (
    <span className="line rich-link">
      <input
        autoFocus
        aria-label={_("Address of the link")}
        aria-invalid={wrong || undefined}
        placeholder="https://"
        value={href}
        onChange={(event) => setHref(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== "Escape") return;
          event.preventDefault();
          event.stopPropagation();
          if (event.key === "Enter") keep();
          else onDone();
        }}
      />
      <button type="button" className="plain link small" onClick={keep}>{_("Keep")}</button>
    </span>
  ); // prettier-ignore
};

/** What can be done with the chosen words; every one of them has its key, too. */
export const Tools = ({ editor }: { editor: Editor }) => {
  const { _ } = useLingui();
  const [linking, setLinking] = useState(false);
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive("bold"),
      italic: now.isActive("italic"),
      bullets: now.isActive("bulletList"),
      numbers: now.isActive("orderedList"),
      quote: now.isActive("blockquote"),
      link: now.isActive("link"),
    }),
  });
  const chain = () => editor.chain().focus();
  const tools = [
    { key: "bold", sign: "B", label: _("Bold"), run: () => chain().toggleBold().run() },
    { key: "italic", sign: "I", label: _("Italic"), run: () => chain().toggleItalic().run() },
    { key: "bullets", sign: "•", label: _("List"), run: () => chain().toggleBulletList().run() },
    { key: "numbers", sign: "1.", label: _("Numbered list"), run: () => chain().toggleOrderedList().run() },
    { key: "quote", sign: "”", label: _("Quote"), run: () => chain().toggleBlockquote().run() },
    { key: "link", sign: "A", label: _("Link"), run: () => setLinking(true) },
  ] as const;
  if (linking) return <LinkField editor={editor} onDone={() => setLinking(false)} />;
  return (
    <div className="rich-tools" role="group" aria-label={_("Formatting")}>
      {tools.map(({ key, sign, label, run }) => (
        <button key={key} type="button" aria-label={label} title={label} aria-pressed={on[key]} data-tool={key} data-sign={sign} onMouseDown={(event) => event.preventDefault()} onClick={run} />
      ))}
      <button type="button" aria-label={_("Mention a colleague")} title={_("Mention a colleague")} data-sign="@" onMouseDown={(event) => event.preventDefault()} onClick={() => chain().insertContent(" @").run()} />
    </div>
  ); // prettier-ignore
};
