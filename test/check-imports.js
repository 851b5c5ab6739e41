/** Runs the import rules and refuses to pass on nothing: without a TypeScript parser the tool sees no modules and reports success. */
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

const LEAST_MODULES = 80;
const bin = join(__dirname, '..', 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
let output;
try {
  output = execFileSync(process.execPath, [bin, 'src', 'dialogs', '--config', '.dependency-cruiser.js', '--output-type', 'json'], {
    maxBuffer: 64 * 1024 * 1024,
  }).toString();
} catch (error) {
  output = error.stdout.toString();
}
const { summary, modules } = JSON.parse(output);
const own = modules.filter((module) => /^(src|dialogs)\//.test(module.source)).length;
for (const violation of summary.violations) console.error(`${violation.rule.name}: ${violation.from} -> ${violation.to}`);
if (own < LEAST_MODULES) console.error(`Import rules: expected at least ${LEAST_MODULES} modules, saw ${own}.`);
console.log(`import rules: ${own} modules, ${summary.violations.length} violations`);
process.exitCode = summary.violations.length > 0 || own < LEAST_MODULES ? 1 : 0;
