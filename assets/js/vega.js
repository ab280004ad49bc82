// SPDX-License-Identifier: MIT
// The parts of Vega that our charts use, and its interpreter, so that no text is ever run as a program.
import { transforms } from "vega-dataflow";
import * as tx from "vega-transforms";
import * as vtx from "vega-view-transforms";
import * as encode from "vega-encode";
import "vega-functions";
import "vega-time";
import { parse } from "vega-parser";
import { View } from "vega-view";
import { expressionInterpreter } from "vega-interpreter";

Object.assign(transforms, tx, vtx, encode);

export function draw(spec, container, description) {
	const view = new View(parse(spec, null, { ast: true }), {
		expr: expressionInterpreter,
		renderer: "svg",
		container,
		hover: false,
	});
	view.description(description);
	view.run();
	return view;
}
