import { Command } from 'commander'
import packageJson from '@/package.json'
import { fail } from './terminal'

const DATA = ['--data <dir>', 'data folder (default: STREAMGAUGE_DATA, else data in the project)'] as const
const QUERY_FORMATS = 'table, json, csv, arrow or parquet'

// A reader such as `head` that goes away is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

await createProgram().parseAsync().catch(fail)

/** Each command loads what it needs only when it is called: starting up is most of a small question's time. */
function createProgram(): Command {
  const program = new Command('streamgauge')
  program.description(packageJson.description).version(packageJson.version).showHelpAfterError('(--help shows how it is used)')
  addBuilding(program)
  addKeeping(program)
  addAsking(program)
  return program
}

function addBuilding(program: Command): void {
  program
    .command('init')
    .argument('<datafile>', 'CSV, Parquet, JSON or NDJSON file with changes or items')
    .description('draft a portfolio file from a data file: columns, states in their order, kinds guessed')
    .option('--output <file>', 'where to write it; - for standard output (default: portfolio.yaml beside the data)')
    .option('--force', 'overwrite an existing file')
    .action(async (file, options) => (await import('./init')).init(file, options))
  program
    .command('build')
    .argument('<file>', 'portfolio file')
    .description(
      'read the sources of a portfolio file and publish a snapshot; where only new files came, they are added to the current one',
    )
    .option(...DATA)
    .option('--whole', 'read everything again')
    .action(async (file, options) => (await import('./build')).build(file, options))
  program
    .command('demo')
    .description('simulate the demo company and publish a snapshot of its log')
    .option(...DATA)
    .option('--seed <n>', 'another seed tells another story (default: the one that the README speaks of)')
    .option('--items <n>', 'about how many items', '30000')
    .action(async (options) => (await import('./demo')).demo(options))
  program
    .command('serve')
    .description('start the web server; builds the pages first where needed')
    .allowUnknownOption()
    .allowExcessArguments()
    .helpOption(false)
    .action(async (_options, command: Command) => (await import('./serve')).serve(command.args))
}

function addKeeping(program: Command): void {
  program
    .command('snapshots')
    .description('list the snapshots, newest first')
    .option(...DATA)
    .option('--format <format>', 'table or json', 'table')
    .action(async (options) => (await import('./snapshots')).snapshots(options))
  program
    .command('prune')
    .description('remove old snapshots, never the current one')
    .option(...DATA)
    .option('--keep <n>', 'how many of the newest to keep', '5')
    .action(async (options) => (await import('./prune')).prune(options))
  program
    .command('verify')
    .argument('[id]', 'snapshot (default: the current one)')
    .description('check the files of a snapshot against its manifest, and that its figures agree with each other')
    .option(...DATA)
    .action(async (id, options) => (await import('./verify')).verify(id, options))
}

function addAsking(program: Command): void {
  program
    .command('metrics')
    .argument('[metric]', 'only this one')
    .description('list the metrics with their definitions, parameters and columns')
    .option('--format <format>', 'table or json', 'table')
    .action(async (name, options) => (await import('./metrics')).metrics(name, options))
  program
    .command('query')
    .usage('METRIC [--param value …] [options]')
    .description('answer a metric: exactly the rows that the API gives')
    .argument('[metric...]', 'name of the metric; "streamgauge metrics" lists them with their parameters')
    .allowUnknownOption()
    .option(...DATA)
    .option('--snapshot <id>', 'snapshot (default: the current one)')
    .option('--format <format>', QUERY_FORMATS, 'table')
    .option('--output <file>', 'write to a file instead of standard output')
    .addHelpText('after', '\nExample:\n  streamgauge query span-percentiles --stream incidents --span lead --groupBy team --format json')
    .action(async (_metric, options, command: Command) => (await import('./query')).query(command.args, options))
  program
    .command('explain')
    .usage('METRIC [--param value …] [options]')
    .description('how an answer came about: definition, parameters, SQL, the items behind it and those left out')
    .argument('[metric...]', 'name of the metric, with its parameters; also --limit, --offset, --onDay, --stageId')
    .allowUnknownOption()
    .option(...DATA)
    .option('--snapshot <id>', 'snapshot (default: the current one)')
    .option('--format <format>', 'text or json', 'text')
    .action(async (_metric, options, command: Command) => (await import('./explain')).explain(command.args, options))
}
