// SPDX-License-Identifier: MIT
// The workload in DuckDB: node duckdb.mjs FOLDER DATE [REPORTS]; see ../README.md.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { measure, report, statements } from "./workload.mjs";

const { DuckDBInstance, version } = createRequire(new URL("../package.json", import.meta.url))(
  "@duckdb/node-api",
);
const [folder, date] = process.argv.slice(2);
const domains = readFileSync(`${folder}/assessments.csv`, "utf8").split(/\r?\n/, 1)[0].split(",").slice(2);
const day = `date '${date}'`;
const sql = statements(day, (column) =>
  `(year(${day}) - year(${column}) - (case when (month(${column}), day(${column})) <= (month(${day}), day(${day})) then 0 else 1 end))`);

function plain(value) {
  if (typeof value === "bigint") return Number(value);
  if (value && typeof value === "object" && "toDouble" in value) return value.toDouble();
  return value;
}

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
const query = async (text) => {
  const reader = await connection.runAndReadAll(text);
  return reader
    .getRowObjects()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
};

await measure({
  implementation: "DuckDB",
  version: version(),
  threads: Number((await query("select current_setting('threads') as n"))[0].n),
  children: async () => (await query("select count(*) as n from children"))[0].n,
  load: async () => {
    const types = domains.map((domain) => `'${domain}': 'TINYINT'`).join(", ");
    await query(`create table children as select * from read_csv('${folder}/children.csv', types = {'child_id': 'VARCHAR'})`);
    await query(`create table assessments as select *, (${domains.join(" + ")})::integer as total from (select * replace (${domains.map((d) => `${d}::smallint as ${d}`).join(", ")}) from read_csv('${folder}/assessments.csv', types = {'child_id': 'VARCHAR', ${types}}))`);
    await query(`create table placements as select * from read_csv('${folder}/placements.csv', types = {'child_id': 'VARCHAR', 'end': 'DATE'})`);
  },
  run: () => report(withWhole(sql), domains, query),
});

/** DuckDB's / is a division of real numbers: whole steps need //. */
function withWhole(found) {
  return { ...found, c: found.c.replace("/ 500", "// 500") };
}
