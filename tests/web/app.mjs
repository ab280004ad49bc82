// SPDX-License-Identifier: MIT
// The application for tests: a record of the demonstration population of its own, served on a free port.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { closeBrowser } from "./browser.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const hearth = resolve(process.argv[2] ?? join(root, "build/hearth"));

export const run = (...words) => execFileSync(hearth, words,
	{ encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
export const runWith = (input, ...words) => execFileSync(hearth, words,
	{ encoding: "utf8", stdio: ["pipe", "pipe", "pipe"], input });

// A small record: { folder, place, users: { "social.worker": password, ... } }
export function makeRecord(children = 120) {
	const folder = mkdtempSync(join(tmpdir(), "hearth-app-"));
	const place = join(folder, "record.db");
	const today = new Date().toISOString().slice(0, 10);
	run("demo", "--children", String(children), "--as-at", today, "--out", join(folder, "demo"));
	run("--db", place, "import", "--quiet", join(folder, "demo"));
	const users = {};
	for (const line of run("--db", place, "user", "demo").split("\n")) {
		const [login, password] = line.split(/\s+/);
		if (login.includes(".") || /^[a-z]+$/.test(login)) users[login] = password;
	}
	return { folder, place, users };
}

// Serves it until stop(): { origin, stop, restart, log }
export async function serve(record, ...options) {
	const app = { log: "" };
	const start = async (listen) => {
		const child = spawn(hearth, ["--db", record.place, "serve", "--listen", listen,
			"--demonstration", ...options], { stdio: ["ignore", "ignore", "pipe"] });
		app.child = child;
		app.ended = new Promise((done) => child.on("exit", done));
		app.origin = await new Promise((done, fail) => {
			child.stderr.on("data", (bytes) => {
				app.log += bytes;
				const found = app.log.slice(app.mark ?? 0).match(/listens at (http:\S+)/);
				if (found) done(found[1]);
			});
			child.on("exit", (status) => fail(new Error(`serve ended with ${status}: ${app.log}`)));
		});
	};
	await start("127.0.0.1:0");
	app.stop = async () => {
		app.child.kill("SIGTERM");
		assert.equal(await app.ended, 0, "the server ends well");
	};
	app.restart = async () => {
		await app.stop();
		app.mark = app.log.length;
		await start(new URL(app.origin).host);
	};
	// ended as by a power cut; app.again() serves at the same address
	app.crash = async () => {
		app.child.kill("SIGKILL");
		await app.ended;
	};
	app.again = async () => {
		app.mark = app.log.length;
		await start(new URL(app.origin).host);
	};
	return app;
}

export const forget = (record) => rmSync(record.folder, { recursive: true });

// A page whose troubles are gathered: what it complains of and what it asks of others.
export async function openPage(context, app) {
	const page = await context.newPage();
	page.troubles = [];
	page.on("console", (message) => {
		// a form that is wrong or a page that is not there is answered with its status
		if (["error", "warning"].includes(message.type()) &&
			!/status of (422|404|403|409|400)/.test(message.text()))
			page.troubles.push(message.text());
	});
	page.on("pageerror", (error) => page.troubles.push(error.message));
	page.on("request", (request) => {
		if (!request.url().startsWith(app.origin) && !/^(data|blob):/.test(request.url()))
			page.troubles.push("asked for " + request.url());
	});
	// the page as the server sent it
	page.on("response", (response) => {
		if (response.request().isNavigationRequest() && response.status() !== 303)
			page.sent = response;
	});
	page.html = async () => page.sent.text();
	return page;
}

export async function signIn(page, app, login, password) {
	await page.goto(`${app.origin}/sign-in`);
	await page.fill("#login", login);
	await page.fill("#password", password);
	await page.click("main button[type=submit]:not(.govuk-password-input__toggle)");
}

export const path = (page) => new URL(page.url()).pathname;
export const main = (page) => page.locator("main").innerText();
export const press = (page, words) => page.getByRole("button", { name: words, exact: true }).click();

// RFC 6238: SHA-1, 6 digits, 30 seconds
export function oneTimeCode(base32, step) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	const bits = [...base32.replaceAll(/[\s=]/g, "")].map((letter) =>
		letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
	const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const mac = createHmac("sha1", key).update(counter).digest();
	const at = mac[19] & 15;
	return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, "0");
}
export const stepNow = () => Math.floor(Date.now() / 30000);

// Runs { name: async () => {} } one after another and says how many passed.
export async function runTests(tests, tidy) {
	const only = process.env.ONLY;
	let passed = 0, failed = 0;
	for (const [name, test] of Object.entries(tests)) {
		if (only && !name.includes(only)) continue;
		try {
			await test();
			passed++;
		} catch (error) {
			failed++;
			console.log(`FAILED ${name}\n${error.stack}`);
		}
	}
	await closeBrowser();
	await tidy();
	console.log(`${passed} passed, ${failed} failed`);
	process.exit(failed || !passed ? 1 : 0);
}
