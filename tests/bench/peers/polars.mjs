// SPDX-License-Identifier: MIT
// The workload in Polars: node polars.mjs FOLDER DATE [REPORTS]; see ../README.md.
import { createRequire } from "node:module";
import { measure, RESIDENTIAL } from "./workload.mjs";

const require = createRequire(new URL("../package.json", import.meta.url));
const pl = require("nodejs-polars");
const [folder, date] = process.argv.slice(2);
const [year, month, day] = date.split("-").map(Number);
const read = (name, texts) =>
  pl.readCSV(`${folder}/${name}.csv`, {
    dtypes: Object.fromEntries(texts.map((column) => [column, pl.Utf8])),
    tryParseDates: false,
  });
// days since 1970: dates as whole numbers
const days = (column) => pl.col(column).str.strptime(pl.Date, "%Y-%m-%d").cast(pl.Int32).alias(column);
const D = Math.round(Date.UTC(year, month - 1, day) / 86400000);

function load() {
  const children = read("children", ["child_id", "date_of_birth", "care_start"])
    .withRowCount("child")
    .withColumns(
      pl.col("date_of_birth").str.strptime(pl.Date, "%Y-%m-%d"),
      pl.col("care_start").str.strptime(pl.Date, "%Y-%m-%d"),
    );
  const ids = children.select("child_id", "child");
  const raw = read("assessments", ["child_id", "assessed_on"]);
  const domains = raw.columns.slice(2);
  const assessments = raw
    .withColumns(days("assessed_on"), ...domains.map((d) => pl.col(d).cast(pl.Int16)))
    .join(ids, { on: "child_id", how: "inner" })
    .drop("child_id")
    .withColumn(domains.map((d) => pl.col(d)).reduce((a, b) => a.add(b)).cast(pl.Int64).alias("total"))
    .sort(["child", "assessed_on"]);
  const placements = read("placements", ["child_id", "start", "end"])
    .withColumns(days("start"), days("end"))
    .join(ids, { on: "child_id", how: "inner" })
    .drop("child_id");
  return { children: children.drop("child_id"), assessments, placements, domains };
}

/** Complete years; the anniversary of 29 February is 1 March in other years. */
function years(column) {
  const passed = pl
    .col(column).date.month().cast(pl.Int32).mul(100).add(pl.col(column).date.day().cast(pl.Int32))
    .ltEq(month * 100 + day);
  return pl.lit(year).sub(pl.col(column).date.year()).sub(pl.when(passed).then(pl.lit(0)).otherwise(pl.lit(1)));
}

function banded(value, uppers, names) {
  return uppers.reduceRight(
    (rest, upper, i) => pl.when(value.lt(upper)).then(pl.lit(names[i])).otherwise(rest),
    pl.lit(names[names.length - 1]),
  );
}

function cohortOf({ children, assessments, placements, domains }) {
  const flag = (name) => pl.when(pl.col(name).eq(1)).then(pl.lit("yes")).otherwise(pl.lit("no")).alias(name);
  const latest = assessments
    .lazy()
    .filter(pl.col("assessed_on").ltEq(D))
    .groupBy("child")
    .agg(
      ...domains.map((d) => pl.col(d).last()),
      pl.col("total").last(),
      pl.col("total").first().alias("first_total"),
      pl.col("total").count().alias("times"),
    );
  return placements
    .lazy()
    .filter(pl.col("start").ltEq(D).and(pl.col("end").isNull().or(pl.col("end").gt(D))))
    .join(latest, { on: "child", how: "inner" })
    .join(children.lazy(), { on: "child", how: "inner" })
    .withColumns(
      pl.col("weekly_cost").cast(pl.Int64),
      flag("disability"),
      flag("ehcp"),
      flag("excluded"),
      pl.when(pl.col("weekly_cost").gtEq(5000)).then(pl.lit("over")).otherwise(pl.lit("under")).alias("cost_side"),
      banded(years("date_of_birth"), [2, 5, 12, 17], ["0-1", "2-4", "5-11", "12-16", "17+"]).alias("age_band"),
      banded(years("care_start"), [1, 3], ["under 1 year", "1-3", "3 and over"]).alias("time_band"),
    )
    .withColumn(pl.concatString([pl.col("sex"), pl.col("age_band")], " ").alias("sex_age_band"))
    .collectSync();
}

function run(loaded) {
  const { domains } = loaded;
  const cohort = cohortOf(loaded);
  const n = cohort.height;
  const one = (...expressions) => cohort.select(...expressions).toRecords()[0];
  const cost = pl.col("weekly_cost");
  const whole = one(
    cost.sum().alias("spend"),
    pl.pearsonCorr(pl.col("total").cast(pl.Float64), cost.cast(pl.Float64)).alias("r"),
    cost.lt(2000).sum().alias("under_2000"),
    cost.lt(5000).sum().alias("under_5000"),
    pl.when(cost.gt(5000)).then(cost.sub(5000)).otherwise(pl.lit(0)).sum().alias("saving"),
    ...domains.map((d) => pl.col(d).gtEq(1).sum().alias(`n_${d}`)),
    ...domains.map((d) => pl.col(d).cast(pl.Int64).sum().alias(`s_${d}`)),
    ...domains.flatMap((d) => [
      pl.col(d).ltEq(3).sum().alias(`m_${d}`),
      pl.col(d).ltEq(6).sum().alias(`o_${d}`),
    ]),
  );
  const spend = Number(whole.spend);
  const ordered = cohort.getColumn("weekly_cost").sort({ descending: true });
  const top = (percent) => {
    const k = Math.floor((n * percent + 50) / 100);
    return k ? (100 * Number(ordered.head(k).sum())) / spend : 0;
  };
  const steps = cohort
    .select(cost.sub(cost.modulo(500)).alias("low"))
    .groupBy("low")
    .agg(pl.len().alias("n"))
    .sort("low");
  const results = {
    a: { n, r: whole.r, spend, mean_cost: spend / n },
    b: {
      top_10: top(10), top_5: top(5), top_1: top(1),
      under_2000: (100 * Number(whole.under_2000)) / n,
      under_5000: (100 * Number(whole.under_5000)) / n,
      saving: Number(whole.saving),
    },
    c: steps.rows().map(([low, count]) => [Number(low), Number(count)]),
    d: {},
  };
  const means = ["weekly_cost", "total", ...domains];
  for (const group of ["placement_kind", "cost_side", "age_band", "time_band", "disability", "ethnic_group", "ehcp", "excluded", "sex_age_band"]) {
    const rows = cohort
      .groupBy(group)
      .agg(pl.len().alias("n_"), ...means.map((name) => pl.col(name).mean()))
      .rows();
    results.d[group] = Object.fromEntries(rows.map(([name, ...values]) => [name, values.map(Number)]));
  }
  results.d.home = Object.fromEntries(
    Object.entries(results.d.placement_kind).filter(([kind]) => RESIDENTIAL.slice(0, 2).includes(kind)),
  );
  results.e = domains.map((d) => [(100 * Number(whole[`n_${d}`])) / n, Number(whole[`s_${d}`]) / Number(whole[`n_${d}`])]);
  results.f = domains.map((d) => {
    const [present, minor, moderate] = ["n", "m", "o"].map((part) => Number(whole[`${part}_${d}`]));
    return [n - present, minor - (n - present), moderate - minor, n - moderate];
  });
  const homes = cohort.filter(RESIDENTIAL.map((kind) => pl.col("placement_kind").eq(pl.lit(kind))).reduce((a, b) => a.or(b)));
  const severe = homes
    .select(domains.map((d) => pl.col(d).gtEq(7).cast(pl.Int32)).reduce((a, b) => a.add(b)).alias("severe"), pl.col("total"))
    .groupBy("severe")
    .agg(pl.len().alias("n"), pl.col("total").ltEq(24).sum().alias("low"));
  results.g = { severe: Array(domains.length + 1).fill(0), none: 0, low_total: 0 };
  for (const [count, children, low] of severe.rows()) {
    results.g.severe[count] = Number(children);
    results.g.low_total += Number(low);
  }
  results.g.none = results.g.severe[0];
  results.h = Object.fromEntries(
    cohort
      .filter(pl.col("times").gtEq(2))
      .groupBy("placement_kind")
      .agg(pl.len().alias("n"), pl.col("total").sub(pl.col("first_total")).mean().alias("change"))
      .rows()
      .map(([kind, count, change]) => [kind, [Number(count), Number(change)]]),
  );
  return results;
}

await measure({
  implementation: "Polars",
  version: pl.version,
  threads: Number(process.env.POLARS_MAX_THREADS ?? 2),
  children: (loaded) => loaded.children.height,
  load,
  run,
});
