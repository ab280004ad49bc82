// SPDX-License-Identifier: MIT
// A browser for tests, and what a page does in it that it should not.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
	"--disable-background-networking", "--disable-component-update", "--disable-sync"];

// Runs `work` with a browser of its own, closed and cleaned up after it.
export async function withBrowser(options, work) {
	const profile = mkdtempSync(join(tmpdir(), "hearth-web-"));
	const browser = await chromium.launchPersistentContext(profile, {
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags,
		viewport: { width: 1200, height: 900 }, ...options });
	try {
		return await work(browser);
	} finally {
		await browser.close();
		rmSync(profile, { recursive: true, force: true });
	}
}

// Opens a file; what it asks of a network and what it complains of is gathered in `troubles`.
export async function open(browser, file, { script = true } = {}) {
	const page = await browser.newPage();
	const url = pathToFileURL(file).href;
	const troubles = [];
	page.on("console", (message) => {
		if (["error", "warning"].includes(message.type())) troubles.push(message.text());
	});
	page.on("pageerror", (error) => troubles.push(error.message));
	page.on("request", (request) => {
		if (request.url() !== url && !/^(data|blob):/.test(request.url()))
			troubles.push("asked for " + request.url());
	});
	await page.goto(url);
	if (script && (await page.locator("[data-chart]").count()) > 0)
		await page.waitForFunction(() => document.documentElement.dataset.charts === "drawn",
			null, { timeout: 60000 });
	return { page, troubles };
}
