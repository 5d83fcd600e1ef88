import { useEffect, useState } from "react";
import { useLingui } from "@lingui/react";
import { EditorContent, useEditor } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { colleague, type Asking } from "./mention.ts";
import { MentionList } from "./MentionList.tsx";
import { Tools } from "./Tools.tsx";
import "./rich.css";
import "./view.css";

export interface RichEditorProps {
  label: string;
  placeholder: string;
  /** What stands there at first, as HTML. */
  initial: string;
  onChange: (html: string) => void;
  autoFocus?: boolean;
}

/** Writes rich text: bold, lists, quotes, links, @ for a colleague. Markdown's own signs work, too ("- " begins a list). */
const RichEditor = ({ label, placeholder, initial, onChange, autoFocus = false }: RichEditorProps) => {
  const { _ } = useLingui();
  const [asking, setAsking] = useState<Asking>();
  const editor = useEditor({
    extensions: [
      StarterKit.configure({ heading: { levels: [3] }, horizontalRule: false, link: { openOnClick: false, protocols: ["mailto", "tel"] } }),
      colleague(setAsking),
    ],
    content: initial,
    autofocus: autoFocus ? "end" : false,
    // The page's policy allows no style that comes in by script; rich.css has what the editor needs.
    injectCSS: false,
    editorProps: { attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label, class: "rich rich-input", dir: "auto" } },
    onUpdate: ({ editor: now }) => onChange(now.isEmpty ? "" : now.getHTML()),
  }); // prettier-ignore
  useEffect(() => {
    if (!asking) return;
    editor.view.dom.setAttribute("aria-controls", "mention-list");
    return () => editor.view.dom.removeAttribute("aria-controls");
  }, [asking, editor]);
  return (
    <div className="rich-box" data-empty={editor.isEmpty || undefined}>
      <EditorContent editor={editor} />
      {editor.isEmpty && <p className="rich-placeholder quiet" aria-hidden>{placeholder}</p>}
      <Tools editor={editor} />
      {asking && <MentionList asking={asking} label={_("Colleagues")} />}
    </div>
  ); // prettier-ignore
};
export default RichEditor;
