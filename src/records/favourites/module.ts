import { favouritesApi } from "./api.ts";

/** Records a person wants at hand. */
export default { name: "favourites", apis: { favourites: favouritesApi } };
