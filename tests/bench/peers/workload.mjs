// SPDX-License-Identifier: MIT
// What the engines in JavaScript share: the SQL of workload.sql, and the shape of the results.
import { readFileSync } from "node:fs";

export const RESIDENTIAL = ["in-house children's home", "private children's home", "specialist residential"];
const GROUPS = {
  placement_kind: "placement_kind",
  cost_side: "cost_side",
  age_band: "age_band",
  time_band: "time_band",
  disability: "disability",
  ethnic_group: "ethnic_group",
  ehcp: "ehcp",
  excluded: "excluded",
  sex_age_band: "sex || ' ' || age_band",
};

/** The statements by name. `years(x)` spells the complete years from x to the day. */
export function statements(day, years) {
  const text = readFileSync(new URL("workload.sql", import.meta.url), "utf8");
  const found = {};
  for (const part of text.split("-- name: ").slice(1)) {
    const end = part.indexOf("\n");
    found[part.slice(0, end).trim()] = part
      .slice(end + 1)
      .replaceAll("{day}", day)
      .replace(/\{years:([^}]*)\}/g, (_, column) => years(column));
  }
  return found;
}

/** Runs the report; `query` gives rows as objects of numbers and strings. */
export async function report(sql, domains, query) {
  await query("drop table if exists cohort");
  await query(sql.cohort);
  const sums = (await query(sql.a))[0];
  const r =
    (sums.n * sums.stc - sums.st * sums.sc) /
    Math.sqrt((sums.n * sums.stt - sums.st * sums.st) * (sums.n * sums.scc - sums.sc * sums.sc));
  const top = async (percent) =>
    (100 * ((await query(sql.top.replace("{percent}", percent)))[0].spend ?? 0)) / sums.sc;
  const results = {
    a: { n: sums.n, r, spend: sums.sc, mean_cost: sums.sc / sums.n },
    b: {
      top_10: await top(10),
      top_5: await top(5),
      top_1: await top(1),
      under_2000: sums.under_2000,
      under_5000: sums.under_5000,
      saving: sums.saving,
    },
    c: (await query(sql.c)).map((row) => [row.low, row.n]),
    d: {},
  };
  const means = domains.map((domain) => `avg(${domain}) as ${domain}`).join(", ");
  for (const [name, group] of Object.entries(GROUPS)) {
    const rows = await query(sql.d.replace("{group}", group).replace("{means}", means));
    results.d[name] = Object.fromEntries(
      rows.map((row) => [row.name, [row.n, row.cost, row.total, ...domains.map((d) => row[d])]]),
    );
  }
  results.d.home = Object.fromEntries(
    Object.entries(results.d.placement_kind).filter(([kind]) => RESIDENTIAL.slice(0, 2).includes(kind)),
  );
  results.e = [];
  results.f = [];
  for (const domain of domains) {
    const row = (await query(sql.e.replaceAll("{domain}", domain)))[0];
    results.e.push([row.percent, row.mean]);
    results.f.push([row.none, row.minor, row.moderate, row.severe]);
  }
  const severe = domains.map((domain) => `(case when ${domain} >= 7 then 1 else 0 end)`).join(" + ");
  results.g = { severe: Array(domains.length + 1).fill(0), none: 0, low_total: 0 };
  for (const row of await query(sql.g.replace("{severe}", severe))) {
    results.g.severe[row.severe] = row.n;
    results.g.low_total += row.low;
  }
  results.g.none = results.g.severe[0];
  results.h = Object.fromEntries(
    (await query(sql.h)).map((row) => [row.placement_kind, [row.n, row.change]]),
  );
  return results;
}

/** Loads once, reports several times, prints the object of ../README.md. */
export async function measure({ implementation, version, threads, children, load, run }) {
  let start = performance.now();
  const loaded = await load();
  const load_ms = performance.now() - start;
  const report_ms = [];
  let results;
  for (let i = 0; i < Number(process.argv[4] ?? 7); i++) {
    start = performance.now();
    results = await run(loaded);
    report_ms.push(performance.now() - start);
  }
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1];
  console.log(
    JSON.stringify({
      implementation,
      version,
      threads,
      children: await children(loaded),
      load_ms,
      report_ms,
      median_ms: [...report_ms].sort((a, b) => a - b)[Math.floor(report_ms.length / 2)],
      memory_mb: Number(peak) / 1024,
      results,
    }),
  );
}
