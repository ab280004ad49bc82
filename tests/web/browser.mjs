// SPDX-License-Identifier: MIT
// A browser for tests, and what a page does in it that it should not.
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
	"--disable-background-networking", "--disable-component-update", "--disable-sync"];

// One browser for all tests; playwright gives it an empty profile of its own.
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags });

export const closeBrowser = () => browser.close();

// Runs `work` with a window that shares nothing with others.
export async function withBrowser(options, work) {
	const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
	context.scriptless = options.javaScriptEnabled === false;
	try {
		return await work(context);
	} finally {
		await context.close();
	}
}

// Opens a file; what it asks of a network and what it complains of is gathered in `troubles`.
export async function open(context, file, { script = true } = {}) {
	const page = await context.newPage();
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
