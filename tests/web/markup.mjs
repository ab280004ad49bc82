// SPDX-License-Identifier: MIT
// Opens pages with the content security policy off and sees whether anything of what was typed runs:
// markup.mjs ORIGIN, with a line "TOKEN PATH" for each page on standard input. For markup_test.py.
import { readFileSync } from "node:fs";
import { closeBrowser, withBrowser } from "./browser.mjs";

const origin = process.argv[2];
const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
const faults = [];

await withBrowser({ bypassCSP: true }, async (context) => {
	const page = await context.newPage();
	page.on("dialog", (dialog) => { faults.push("a dialog"); dialog.dismiss(); });
	page.on("request", (request) => {
		if (!request.url().startsWith(origin) && !/^data:/.test(request.url()))
			faults.push("asked for " + request.url());
	});
	for (const line of lines) {
		const [token, path] = line.split(" ");
		await context.clearCookies();
		await context.addCookies([{ name: "session", value: token, url: origin }]);
		await page.goto(origin + path, { waitUntil: "load" });
		// as a person would: open what can be opened, point at everything
		const found = await page.evaluate(() => {
			for (const one of document.querySelectorAll("details")) one.open = true;
			for (const one of document.querySelectorAll("main *")) {
				one.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
				one.dispatchEvent(new Event("error"));
			}
			const strange = document.querySelectorAll(
				"zqx, [zqx], [onclick], [onload], [onerror], [onmouseover], iframe, base, math");
			return { ran: "zqx" in window, strange: [...strange].map((one) => one.outerHTML) };
		});
		if (found.ran) faults.push(`${path}: what was typed ran`);
		for (const one of found.strange) faults.push(`${path}: ${one.slice(0, 120)}`);
	}
});
await closeBrowser();
for (const fault of faults) console.log(fault);
console.log(`${lines.length} pages in Chromium without a policy: ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
