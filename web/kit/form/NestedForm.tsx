import { objectOf } from "../boot.ts";
import { titleOf } from "../../records/record.ts";
import type { Nested } from "./nested.ts";
import { RecordForm } from "./RecordForm.tsx";

/** The form of a record that another form points to; saved, it is chosen there. */
const NestedForm = ({ nested, onClose }: { nested: Nested; onClose: () => void }) => {
  const object = objectOf(nested.of);
  if (!object) return null;
  return (
    <RecordForm
      object={object}
      given={nested.title ? { [object.title]: nested.title } : {}}
      onSaved={(made) => nested.onMade({ id: made.id, title: titleOf(object, made) })}
      onUse={nested.onMade}
      onClose={onClose}
    />
  );
};
export default NestedForm;
