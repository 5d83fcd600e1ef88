import { expect, test } from "vitest";
import { ask, begun } from "./company.ts";

const shots = process.env["SHOTS"];
test(
  "an order goes out in two parcels, arrives, is invoiced, paid and credited, and the customer sees the invoice",
  { timeout: 240_000 },
  async () => {
    const { page, url, complaints, accessible } = await begun();
    const shot = async (name: string): Promise<void> =>
      void (shots && (await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })));
    const { id: contact_id } = await ask<{ id: string }>(page, "POST /contacts", { name: "Ana Ruiz", email: "ana@vertex.example" }); // prettier-ignore
    const jar = await ask<{ id: string }>(page, "POST /products", { name: "Swing-top jar 1 l", price: 390 });
    const today = new Date().toISOString().slice(0, 10);
    const order = await ask<{ id: string; number: string }>(page, "POST /orders", {
      contact_id,
      promised_at: today,
      lines: [
        { product_id: jar.id, quantity: "12", tax_rate: "19" },
        { description: "Lids of the 70 mm kind", quantity: "24", unit_price: "0.45", ships: true, tax_rate: "19" },
        { description: "Labels, printed", quantity: "1", unit_price: "18", tax_rate: "19" },
      ],
    });

    await page.goto(`${url}/shipments`);
    await page.getByRole("link", { name: `Ship order ${order.number}` }).waitFor();
    await accessible("shipments");
    await shot("shipments");
    await page.getByRole("link", { name: `Ship order ${order.number}` }).click();

    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("How many of Lids of the 70 mm kind are sent").fill("30");
    await dialog.getByRole("button", { name: "Ship", exact: true }).click();
    await dialog.getByText("Only 24 of this line can still be sent.").waitFor();
    await dialog.getByLabel("How many of Lids of the 70 mm kind are sent").fill("");
    await dialog.getByLabel("Carrier").selectOption("dhl");
    await dialog.getByLabel("Tracking number").fill("0034 1234");
    await accessible("ship");
    await shot("ship");
    await dialog.getByRole("button", { name: "Ship", exact: true }).click();
    await page.getByText("Shipment S1001 of order").waitFor();
    await page.getByText("24 to ship").waitFor();
    // What was just sent is taken back and sent again.
    await page.keyboard.press("Control+z");
    await page.getByText("12 to ship").waitFor();
    await page.keyboard.press("s");
    await dialog.getByRole("button", { name: "Ship", exact: true }).click();
    await page.getByText("24 on the way").waitFor();
    await page.getByRole("button", { name: "Arrived", exact: true }).click();
    await page.getByText("24 arrived").waitFor();

    await page.keyboard.press("i");
    await dialog.getByRole("button", { name: "Issue the invoice" }).click();
    await page.waitForURL(/\/invoices\/.+/);
    await page.getByText("Invoice INV-1001", { exact: true }).waitFor();
    await accessible("invoice");
    await shot("invoice");
    await page.keyboard.press("r");
    await dialog.getByText("An amount").click();
    await dialog.getByRole("textbox", { name: "Amount" }).fill("5");
    await dialog.getByLabel("More about it").fill("Arrived a day late");
    await accessible("credit");
    await dialog.getByRole("button", { name: "Issue the credit note" }).click();
    await page.getByText("Credit note CN-1001", { exact: true }).waitFor();

    await page.goto(`${url}/orders/${order.id}`);
    await page.getByText("Arrived a day late").first().waitFor();
    await accessible("order");
    await shot("order");
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${url}/orders/${order.id}?act=cancel-part`);
    await page.getByText("Credit note CN-1001").first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await accessible("order on a phone");
    await shot("order-360");
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto(`${url}/contacts/${contact_id}`);
    await page.getByText("INV-1001 open").waitFor();
    await shot("customer-dark");
    await page.goto(`${url}/invoices`);
    await page.getByRole("gridcell").filter({ hasText: "INV-1001" }).first().waitFor();
    await accessible("invoices in the dark");
    await shot("invoices-dark");
    await page.goto(`${url}/settings/orders`);
    await page.getByLabel("Invoices are due after").waitFor();
    await accessible("order terms");

    // One refusal was provoked above.
    expect(complaints.filter((c) => !c.includes("422"))).toEqual([]);
    const { items } = await ask<{ items: { id: string }[] }>(page, `GET /orders/${order.id}/invoices`);
    const { page_url, pdf_url } = await ask<{ page_url: string; pdf_url: string }>(page, `GET /invoices/${items[0]!.id}`); // prettier-ignore
    const pdf = await page.request.get(new URL(new URL(pdf_url).pathname, url).href);
    expect([pdf.status(), pdf.headers()["content-type"]]).toEqual([200, "application/pdf"]);
    await page.goto(new URL(new URL(page_url).pathname, url).href);
    await page.getByRole("heading", { name: "Invoice INV-1001" }).waitFor();
    await accessible("the customer's page of an invoice");
    await shot("invoice-page");
    const forged = await page.request.get(`${url}${new URL(page_url).pathname}x`);
    expect(forged.status()).toBe(404);
  },
);
