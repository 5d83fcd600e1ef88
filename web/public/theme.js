// Runs before the first paint, so that a dark screen never flashes white. A file and not inline: the policy allows no inline script.
(function () {
  var root = document.documentElement;
  var nonce = document.querySelector('meta[name="csp-nonce"]');
  // Libraries that add a style element at run time (scroll lock) read the nonce here.
  if (nonce) window.__webpack_nonce__ = nonce.getAttribute("content");
  var chosen = "auto";
  try {
    chosen = localStorage.getItem("mantine-color-scheme-value") || "auto";
  } catch {
    chosen = "auto";
  }
  var dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
