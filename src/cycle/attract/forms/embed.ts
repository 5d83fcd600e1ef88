import type { Ctx } from "#platform/context";
import { pageUrl } from "#platform/pages";
import type { FormRow } from "./form.ts";

/*
 * The script that a company puts on its own page: <script src=".../f/KEY.js" async></script>. It draws the form where it stands (or into
 * every element with data-rondo-form="KEY"), passes on where the visitor came from, sends it without leaving the page, and falls back to
 * an ordinary POST when that does not work. It uses no style of its own, keeps nothing in the browser and calls nobody else.
 */
const program = String.raw`
"use strict";
var at = document.currentScript;
// Where the script came from is where the form goes, by whatever name the server is reached.
if (at && at.src) form.action = at.src.split("?")[0].replace(/\.js$/, "");
var spots = document.querySelectorAll('[data-rondo-form="' + form.key + '"]');
function el(name, props, kids) {
  var e = document.createElement(name);
  Object.keys(props || {}).forEach(function (k) {
    if (props[k] === false || props[k] === null || props[k] === undefined) return;
    if (k === "text") e.textContent = props[k]; else e.setAttribute(k, props[k] === true ? "" : props[k]);
  });
  (kids || []).forEach(function (kid) { if (kid) e.appendChild(kid); });
  return e;
}
function named(f) { return el("span", { text: f.label + (f.required || f.consent ? "" : " (optional)") }); }
function draw(f, id) {
  var wrong = el("p", { class: "rondo-wrong", id: id + "-wrong", hidden: true, role: "alert" });
  var same = { name: f.key, required: f.required, "aria-describedby": f.help ? id + "-help " + id + "-wrong" : id + "-wrong" };
  function input(more) { return Object.assign({}, same, more); }
  var help = f.help && el("p", { class: "rondo-help", id: id + "-help", text: f.help });
  var body;
  if (f.type === "checkbox") body = [el("label", {}, [el("input", input({ type: "checkbox", value: f.value || "yes" })), named(f)])];
  else if (f.type === "choice") body = [el("label", { for: id }, [named(f)]), el("select", input({ id: id }), [el("option", { value: "" })].concat(f.choices.map(function (c) { return el("option", { text: c }); })))];
  else if (f.type === "long_text") body = [el("label", { for: id }, [named(f)]), el("textarea", input({ id: id, rows: 5, maxlength: 5000 }))];
  else body = [el("label", { for: id }, [named(f)]), el("input", input({ id: id, type: f.type === "phone" ? "tel" : f.type, autocomplete: f.fills, maxlength: 254 }))];
  return el("div", { class: "rondo-field", "data-key": f.key }, body.concat([help, wrong]));
}
function mount(place, n) {
  var hidden = {}, asked = new URLSearchParams(location.search);
  ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"].forEach(function (k) { hidden[k] = asked.get(k); });
  hidden.referrer = document.referrer; hidden.landing = location.origin + location.pathname;
  var stamp = el("input", { type: "hidden", name: "stamp" });
  var trap = el("div", { "aria-hidden": "true" }, [el("input", { type: "text", name: "homepage", tabindex: "-1", autocomplete: "off" })]);
  trap.style.cssText = "position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden";
  var said = el("p", { class: "rondo-said", role: "status" });
  var button = el("button", { type: "submit", text: "Send" });
  var kids = form.fields.map(function (f) { return draw(f, "rondo-" + form.key + "-" + n + "-" + f.key); });
  Object.keys(hidden).forEach(function (k) { if (hidden[k]) kids.push(el("input", { type: "hidden", name: k, value: String(hidden[k]).slice(0, 1000) })); });
  var box = el("form", { class: "rondo-form", method: "post", action: form.action }, kids.concat([stamp, trap, button, said]));
  fetch(form.action + "/stamp").then(function (r) { return r.json(); }).then(function (a) { stamp.value = a.stamp; }).catch(function () {});
  box.addEventListener("submit", function (event) {
    if (!window.fetch || !window.FormData) return;
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    var data = new URLSearchParams();
    new FormData(box).forEach(function (v, k) { data.append(k, v); });
    fetch(form.action, { method: "POST", body: data, headers: { accept: "application/json" } })
      .then(function (r) { if (!r.ok) throw new Error(String(r.status)); return r.json(); })
      .then(function (a) {
        button.disabled = false;
        if (a.sent) {
          if (a.redirect) return void location.assign(a.redirect);
          said.textContent = a.thanks; box.replaceChildren(said); said.tabIndex = -1; said.focus(); return;
        }
        if (a.stamp) stamp.value = a.stamp;
        said.textContent = a.detail;
        var first;
        box.querySelectorAll(".rondo-field").forEach(function (f) {
          var e = a.errors.filter(function (x) { return x.field === f.getAttribute("data-key"); })[0];
          var w = f.querySelector(".rondo-wrong"), i = f.querySelector("input,select,textarea");
          w.textContent = e ? e.message : ""; w.hidden = !e;
          if (e) { i.setAttribute("aria-invalid", "true"); first = first || i; } else i.removeAttribute("aria-invalid");
        });
        if (first) first.focus();
      })
      .catch(function () { button.disabled = false; HTMLFormElement.prototype.submit.call(box); });
  });
  if (place === at) at.parentNode.insertBefore(box, at.nextSibling); else place.replaceChildren(box);
}
if (spots.length) spots.forEach(mount); else if (at && at.parentNode) mount(at, 0);
`;

const fills: Record<string, string> = {
  name: "name", given_name: "given-name", family_name: "family-name", email: "email", phone: "tel", account_name: "organization", job_title: "organization-title", city: "address-level2",
}; // prettier-ignore

/** The script of one form; below 15 KB with gzip for any form one would fill in. */
export function embedScript(ctx: Ctx, form: FormRow): string {
  const fields = [
    ...form.design.fields.map(({ contact, ...f }) => ({ ...f, ...(contact ? { fills: fills[contact] } : {}) })),
    ...form.design.consents.map((c) => ({ key: `consent_${c.purpose}`, label: c.wording, type: "checkbox", required: c.required, value: String(c.version), consent: true })),
  ]; // prettier-ignore
  const data = JSON.stringify({ key: form.key, action: pageUrl(ctx, `/f/${form.key}`), fields });
  // Not even inside a text may "</script" or a line separator stand.
  const safe = data.replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  return `(function(){var form=${safe};${program}})();\n`;
}
