import { TrashPage } from "../records/TrashPage.tsx";
import { NoObject, useOwn } from "./own.tsx";

/** The trash of an object of one's own. */
export const OwnTrash = () => {
  const object = useOwn();
  return object ? <TrashPage plural={object.plural as `custom/${string}`} /> : <NoObject />;
};
