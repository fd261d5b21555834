/** Checks of a deployment without Docker and Azure: the files fit together, and the release starts. */
import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  chownSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import { SETTINGS } from '../bot/app/config.js';
import { findRootDir } from '../bot/runtime/root-dir.js';
import type { WireActivity } from '../bot/web/directline/log.js';
import { pollUntil, say, startConversation } from './helpers/direct-line.js';
import { openGrammar, readBicep, type BicepFile } from './helpers/bicep.js';

const root = findRootDir();
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const BICEP = ['infra/azure.bicep', 'infra/botRegistration/azurebot.bicep'].concat(
  readdirSync(path.join(root, 'infra/modules')).map((name) => `infra/modules/${name}`),
);

describe('the Azure resources', () => {
  const files = new Map<string, BicepFile>(BICEP.map((file) => [file, readBicep(path.join(root, file))]));
  const main = files.get('infra/azure.bicep') ?? assert.fail();

  for (const [file, bicep] of files) {
    it(`follow in ${file} the grammar of Bicep`, async () => {
      const errorsIn = await openGrammar();
      assert.deepEqual(errorsIn(bicep.text), []);
      const broken = bicep.text.replace(/^output .*$/m, 'output 7 = {');
      assert.notDeepEqual(errorsIn(`${broken}\nparam`), [], 'the check finds an error');
    });

    it(`use in ${file} every parameter and variable`, () => {
      for (const name of bicep.declared) {
        const uses = [...bicep.code.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length;
        const isUsed = uses > 1 || !new RegExp(`^(param|var|func) ${name}\\b`, 'm').test(bicep.text);
        assert.ok(isUsed, `${name} is declared and never used`);
      }
    });
  }

  it('give each module exactly the parameters that it declares', () => {
    for (const { name, file, params } of main.modules) {
      const module = files.get(path.posix.join('infra', file)) ?? assert.fail(`${name}: no ${file}`);
      const required = [...module.params].filter(([, one]) => one.isRequired).map(([param]) => param);
      assert.deepEqual(
        required.filter((param) => !params.includes(param)),
        [],
        `${name} lacks`,
      );
      const known = params.filter(
        (param) => module.params.has(param) || param.includes('_') || /^[A-Z]/.test(param),
      );
      assert.deepEqual(known, params, name);
    }
    for (const [, module, output] of main.code.matchAll(/\b(\w+)\.outputs\.(\w+)/g)) {
      const { file } = main.modules.find((one) => one.name === module) ?? assert.fail(module);
      assert.ok(
        files.get(path.posix.join('infra', file))?.outputs.includes(output ?? ''),
        `${module}.${output}`,
      );
    }
  });

  it('set every setting of the bot, so no deployment removes a setting', () => {
    const set = new Set([...main.text.matchAll(/^ {6}([A-Z][A-Z_]+):/gm)].map((found) => found[1]));
    assert.deepEqual(
      Object.keys(SETTINGS).filter((name) => !set.has(name)),
      [],
    );
  });

  it('take every parameter from the environment file', () => {
    const { parameters } = JSON.parse(read('infra/azure.parameters.json')) as { parameters: object };
    const given = Object.keys(parameters);
    assert.deepEqual([...main.params.keys()].filter((name) => name !== 'location').sort(), [...given].sort());
  });

  it('keep secrets in the vault and out of settings and outputs', () => {
    const secure = [...main.params].filter(([, one]) => one.isSecure).map(([name]) => name);
    assert.ok(secure.length >= 4);
    const settings = /settings: \{([\s\S]*?)\n {4}\}/.exec(main.text)?.[1] ?? '';
    for (const name of secure) {
      for (const line of settings.split('\n').filter((one) => one.includes(name)))
        assert.match(line, /secretReference\(/);
    }
    for (const output of main.outputs) assert.doesNotMatch(output, /SECRET|PASSWORD/);
  });

  it('stop the bot one second before the platform kills it', () => {
    assert.match(main.text, /WEBSITES_CONTAINER_STOP_TIME_LIMIT: string\(stopSeconds\)/);
    assert.match(main.text, /OFFER_DESK_STOP_SECONDS: string\(stopSeconds - 1\)/);
  });

  it('start node itself, on Node 24', () => {
    const webApp = files.get('infra/modules/web-app.bicep')?.text ?? '';
    assert.match(webApp, /appCommandLine: 'node dist\/index\.js'/);
    assert.match(webApp, /linuxFxVersion: 'NODE\|24-lts'/);
  });
});

describe('the toolkit’s projects', () => {
  interface Step {
    readonly uses: string;
    readonly with: Readonly<Record<string, unknown>>;
    readonly writeToEnvironmentFile?: Readonly<Record<string, string>>;
  }
  type Project = Readonly<Record<'provision' | 'deploy' | 'publish', readonly Step[] | undefined>>;
  const PROJECTS = {
    dev: 'm365agents.yml',
    local: 'm365agents.local.yml',
    playground: 'm365agents.playground.yml',
  };
  const ACTIONS =
    /^(teamsApp\/(create|update|validateAppPackage|publishAppPackage)|aadApp\/create|botFramework\/create|arm\/deploy|azureAppService\/zipDeploy|cli\/runNpmCommand|file\/createOrUpdateEnvironmentFile)$/;

  for (const [environment, file] of Object.entries(PROJECTS)) {
    const project = parse(read(file)) as Project;
    const steps = [...(project.provision ?? []), ...(project.deploy ?? []), ...(project.publish ?? [])];

    it(`have in ${file} only known steps, each with its input`, () => {
      assert.ok(steps.length > 0);
      for (const step of steps) {
        assert.match(step.uses, ACTIONS);
        assert.ok(Object.keys(step.with).length > 0, step.uses);
      }
    });

    it(`run in ${file} only scripts that exist`, () => {
      const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
      for (const step of steps.filter((one) => one.uses === 'cli/runNpmCommand')) {
        const script = /^run (\S+)/.exec(String(step.with.args))?.[1];
        if (script !== undefined) assert.ok(script in scripts, script);
      }
    });

    it(`use in ${file} only values of env/.env.${environment}, of earlier steps or secrets`, () => {
      const given = new Set(
        [...read(`env/.env.${environment}`).matchAll(/^(\w+)=/gm)].map((found) => found[1]),
      );
      for (const step of steps)
        Object.values(step.writeToEnvironmentFile ?? {}).forEach((name) => given.add(name));
      const used = [...read(file).matchAll(/\$\{\{(\w+)\}\}/g)].map((found) => found[1] ?? '');
      assert.deepEqual(
        used.filter((name) => !given.has(name) && name !== 'SECRET_DATABASE_PASSWORD'),
        [],
      );
    });
  }

  it('deploy only the release', () => {
    const deploy = (parse(read('m365agents.yml')) as Project).deploy ?? [];
    const zip = deploy.find((step) => step.uses === 'azureAppService/zipDeploy');
    assert.equal(zip?.with.artifactFolder, './build/release');
    assert.equal(zip.with.ignoreFile, undefined);
  });

  it('have an empty id when provisioning fills in the id', () => {
    for (const environment of Object.keys(PROJECTS)) {
      assert.match(read(`env/.env.${environment}`), /^TEAMS_APP_ID=$/m);
    }
  });
});

describe('the container', () => {
  const stages = read('Dockerfile')
    .replace(/\\\n/g, ' ')
    .split(/^FROM /m)
    .slice(1)
    .map((stage) => stage.split('\n').filter((line) => line !== '' && !line.startsWith('#')));
  const [build = [], production = []] = stages;

  it('takes only the release from the build stage, and does not run as root', () => {
    assert.equal(stages.length, 2);
    assert.deepEqual(
      production.filter((line) => line.startsWith('COPY')),
      ['COPY --from=build /src/build/release ./'],
    );
    assert.ok(build.includes('RUN npm run release'));
    assert.ok(production.includes('USER node'));
    assert.deepEqual(JSON.parse(/^CMD (.+)$/m.exec(production.join('\n'))?.[1] ?? ''), [
      'node',
      'dist/index.js',
    ]);
  });

  it('stops before Compose kills the container, and has a read-only disk and no extra rights', () => {
    interface Service {
      readonly read_only?: boolean;
      readonly cap_drop?: readonly string[];
      readonly stop_grace_period?: string;
    }
    const { services } = parse(read('compose.yaml')) as { services: Record<string, Service> };
    const stop = Number(/OFFER_DESK_STOP_SECONDS=(\d+)/.exec(production.join('\n'))?.[1]);
    assert.equal(services.bot?.stop_grace_period, `${String(stop + 1)}s`);
    assert.equal(services.bot.read_only, true);
    assert.deepEqual(services.bot.cap_drop, ['ALL']);
  });

  it('mounts files that exist', () => {
    const mounted = [...read('compose.yaml').matchAll(/- (\.\/[^:]+):/g)].map((found) => found[1] ?? '');
    assert.ok(mounted.length >= 3);
    for (const file of mounted) assert.ok(existsSync(path.join(root, file)), file);
  });
});

describe('the release', function () {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-release-'));
  const data = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-data-'));
  const NOBODY = 65_534;
  /** Another user when the tests run as root, as in the container. Root still owns the files of the release. */
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const env = { PATH: process.env.PATH, NODE_ENV: '', PORT: '0', OFFER_DESK_DATA_DIR: data };
  let server: ChildProcess | undefined;

  before(() => {
    const made = spawnSync(process.execPath, ['scripts/release.mjs', folder], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(made.status, 0, made.stderr);
    if ('uid' in user) {
      chownSync(data, NOBODY, NOBODY);
      spawnSync('chmod', ['-R', 'a+rX', folder]);
    }
  });
  after(() => {
    server?.kill('SIGKILL');
    for (const one of [folder, data]) rmSync(one, { recursive: true, force: true });
  });

  it('has no development package, no source and no source map', () => {
    assert.ok(!existsSync(path.join(folder, 'node_modules/typescript')));
    assert.ok(!existsSync(path.join(folder, 'bot')));
    const unused = readdirSync(folder, { recursive: true }).filter((name) =>
      /\.(map|ts|c)$/.test(String(name)),
    );
    assert.deepEqual(unused, []);
  });

  it('has the licences of the packages in its bundle', () => {
    const texts = readFileSync(path.join(folder, 'dist/THIRD-PARTY-LICENCES.txt'), 'utf8');
    for (const name of ['botbuilder', 'restify', 'zod', 'adaptivecards-templating'])
      assert.match(texts, new RegExp(`(^|, )${name}(,|$)`, 'm'));
    assert.match(texts, /Permission is hereby granted, free of charge/);
  });

  it('starts without root rights, answers its first question with a card, and stops on SIGTERM', async () => {
    server = spawn(process.execPath, ['dist/index.js'], { cwd: folder, env, ...user });
    let origin = '';
    const lines = createInterface({ input: server.stdout! });
    for await (const line of lines) {
      origin = /http:\/\/localhost:\d+/.exec(line)?.[0] ?? '';
      if (origin !== '') break;
    }
    assert.notEqual(origin, '');
    assert.equal((await fetch(`${origin}/healthz`)).status, 200);
    assert.equal((await fetch(`${origin}/readyz`)).status, 200);
    const conversation = await startConversation(origin, { audience: 'customer' });
    assert.equal((await say(conversation, 'My Fabrikam Firewall invoice is wrong')).status, 200);
    const isAnswer = (one: WireActivity) => JSON.stringify(one.attachments ?? []).includes('Fabrikam');
    await pollUntil(conversation, (activities) => activities.some(isAnswer));
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
  });

  it('runs operator commands', () => {
    const run = spawnSync(process.execPath, ['dist/cli.js', 'route', 'check'], {
      cwd: folder,
      env,
      encoding: 'utf8',
      ...user,
    });
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stdout, /every cell has one owner/);
  });

  it('listens without Web Chat, and logs that Web Chat cannot be fetched and how to try again', async () => {
    rmSync(path.join(folder, 'vendor'), { recursive: true });
    const npm = path.join(data, 'npm.js');
    writeFileSync(npm, `console.error('npm error ENOTFOUND registry'); process.exit(1);`);
    server = spawn(process.execPath, ['dist/index.js'], {
      cwd: folder,
      env: { ...env, npm_execpath: npm },
      ...user,
    });
    let [origin, logged] = ['', ''];
    for await (const line of createInterface({ input: server.stdout! })) {
      origin ||= /http:\/\/localhost:\d+/.exec(line)?.[0] ?? '';
      if (line.includes('web-chat.')) logged = line;
      if (logged !== '') break;
    }
    const { event, reason, remedy } = JSON.parse(logged) as Record<string, string>;
    assert.deepEqual([event, remedy], ['web-chat.not-fetched', 'node dist/webchat.js']);
    assert.match(reason ?? '', /could not be fetched.*ENOTFOUND/s);
    assert.equal((await fetch(`${origin}/healthz`)).status, 200);
    assert.ok(existsSync(path.join(folder, remedy?.replace('node ', '') ?? '')));
  });
});
