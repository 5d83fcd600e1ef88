import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { Icon } from "../kit/Icon.tsx";
import { useFavourites } from "./told.ts";

const shown = 10;

/** The starred records in the navigation; nothing until there is one. */
const NavFavourites = () => {
  const { _ } = useLingui();
  const items = useFavourites();
  if (items.length === 0) return null;
  return (
    <section aria-label={_("Favourites")}>
      <h2 className="nav-group">{_("Favourites")}</h2>
      {items.slice(0, shown).map((one) => (
        <Link key={one.record_id} to={one.path} className="nav-item" activeProps={{ "aria-current": "page" }} title={one.title}>
          <Icon name="star" />
          <bdi className="nav-word clip fill">{one.title}</bdi>
        </Link>
      ))}
    </section>
  ); // prettier-ignore
};
export default NavFavourites;
