// SPDX-License-Identifier: MIT
// Builds what a browser needs into one folder: node assets/build.mjs OUT_DIR
//   report.css  report.js  app.css  app.js
//   charts/<name>.vg.json (Vega, compiled from charts/<name>.vl.json)
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "sass";
import { compile as compileChart } from "vega-lite";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const out = process.argv[2];
if (!out) {
	console.error("usage: node assets/build.mjs OUT_DIR");
	process.exit(2);
}

function style(name) {
	const { css } = compile(join(root, `assets/scss/${name}.scss`), {
		style: "compressed",
		loadPaths: [join(root, "node_modules/govuk-frontend/dist/govuk")],
		quietDeps: true,
	});
	if (/GDS Transport|crown|crest|gov\.uk|</i.test(css))
		throw new Error(name + ".css holds what belongs to one government's web site, or a <");
	writeFileSync(join(out, `${name}.css`), css);
}

async function script(name) {
	await build({
		absWorkingDir: root,
		entryPoints: [`assets/js/${name}.js`],
		outfile: join(out, `${name}.js`),
		bundle: true,
		minify: true,
		format: "iife",
		target: ["es2020"],
		legalComments: "none",
		logLevel: "warning",
	});
}

function charts() {
	const config = JSON.parse(readFileSync(join(root, "charts/config.json"), "utf8"));
	mkdirSync(join(out, "charts"), { recursive: true });
	for (const file of readdirSync(join(root, "charts")).sort()) {
		if (!file.endsWith(".vl.json")) continue;
		const spec = JSON.parse(readFileSync(join(root, "charts", file), "utf8"));
		const warnings = [];
		const logger = {
			level() { return logger; }, error(text) { throw new Error(`${file}: ${text}`); },
			// a width that fits and a height by steps is what is meant
			warn(text) { if (!text.startsWith("Dropping \"fit-y\"")) warnings.push(text); return logger; },
			info() { return logger; }, debug() { return logger; },
		};
		const compiled = compileChart(spec, { config, logger }).spec;
		delete compiled.$schema;
		if (warnings.length) throw new Error(`${file}: ${warnings.join("; ")}`);
		// it will stand inside a script element
		const text = JSON.stringify(compiled).replaceAll("<", "\\u003c");
		writeFileSync(join(out, "charts", file.replace(".vl.json", ".vg.json")), text);
	}
}

mkdirSync(out, { recursive: true });
for (const name of ["report", "app"]) style(name);
for (const name of ["report", "app"]) await script(name);
charts();
