/**
 * A WordPress of its own: Debian's packages unpacked into a folder, a MariaDB on a socket there, PHP's built-in server.
 * No service of the system is touched, and nothing is left when the servers have ended.
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../pages/page-fixture.ts';
import { CannotRun, type HostTools } from './host.ts';
import { startServer } from './serve.ts';

/** What runs. The packages with a server's service in them are not among them. */
const INSTALLED = ['mariadb-server-core', 'mariadb-client-core', 'php-cli', 'php-mysql', 'php-gd'];
/** WordPress itself asks for a web server, which would start as a service: its files are all that is needed. */
const UNPACKED = [
  'wordpress',
  'wordpress-l10n',
  'wordpress-theme-twentytwentythree',
  'php-getid3',
  'libjs-cropper',
  'libjs-underscore',
];

export const PASSWORD = 'only-for-this-run';

export interface Site {
  readonly url: string;
  readonly version: string;
  /** The rows of a statement, tab separated; an error throws. Texts come as they are, without escapes. */
  sql(statement: string): string;
  /** Runs PHP inside this WordPress. */
  php(code: string): string;
  /** What PHP complained of at the plugin, by line. */
  complaints(): string[];
}

interface Ran {
  readonly status: number | null;
  readonly output: Buffer;
  readonly errors: string;
}

function ran(program: string, args: readonly string[], cwd: string, input = ''): Promise<Ran> {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd, stdio: ['pipe', 'pipe', 'pipe'], timeout: 120_000 });
    const output: Buffer[] = [];
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', (error) => done({ status: null, output: Buffer.alloc(0), errors: error.message }));
    child.on('close', (status) => done({ status, output: Buffer.concat(output), errors }));
    child.stdin.end(input);
  });
}

async function run(program: string, args: readonly string[], cwd: string, input = ''): Promise<string> {
  const { status, output, errors } = await ran(program, args, cwd, input);
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${(errors + output).slice(-600)}`);
  return output.toString();
}

/** The same at once: what a test does between two clicks takes no time of its own. */
function told(program: string, args: readonly string[], cwd: string, input: string): string {
  return execFileSync(program, args, { cwd, input, encoding: 'utf8', timeout: 30_000, stdio: 'pipe' });
}

/** The files of the packages, kept for the next run. */
async function unpacked(log: (line: string) => void): Promise<string> {
  const folder = join(tmpdir(), 'xxgk-hosts-debian', 'wordpress');
  const files = join(folder, 'usr/share');
  if (existsSync(files)) return files;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  log(`apt-get download: ${UNPACKED.join(', ')}`);
  const { status, errors } = await ran('apt-get', ['download', '-q', ...UNPACKED], unfinished);
  if (status !== 0) throw new CannotRun(`apt-get download ended with ${status}: ${errors.slice(-300)}`);
  for (const name of readdirSync(unfinished).filter((one) => one.endsWith('.deb'))) {
    await run('dpkg-deb', ['-x', name, unfinished], unfinished);
    rmSync(join(unfinished, name));
  }
  if (!existsSync(folder)) renameSync(unfinished, folder);
  rmSync(unfinished, { recursive: true, force: true });
  return files;
}

/** WordPress's files, this plugin with the built scripts beside it, and a configuration of its own. */
async function prepare(folder: string, files: string, socket: string, dist: string): Promise<string> {
  const root = join(folder, 'wordpress');
  // Links among the packages point beside the folder.
  cpSync(files, folder, { recursive: true, verbatimSymlinks: true });
  rmSync(join(root, '.htaccess'), { force: true });
  const plugins = join(root, 'wp-content/plugins');
  cpSync(join(ROOT, 'demo/hosts/wordpress/xxgk-annual-report'), join(plugins, 'xxgk-annual-report'), {
    recursive: true,
  });
  for (const name of readdirSync(dist).filter((one) => /^xxgk-annual-report\..*js$/.test(one)))
    cpSync(join(dist, name), join(plugins, 'xxgk-annual-report', name));
  mkdirSync(join(root, 'wp-content/mu-plugins'), { recursive: true });
  writeFileSync(join(root, 'wp-content/mu-plugins/only-for-the-test.php'), FOR_THE_TEST);
  const constants = {
    DB_NAME: 'wordpress',
    DB_USER: 'root',
    DB_PASSWORD: '',
    DB_HOST: `localhost:${socket}`,
    DB_CHARSET: 'utf8mb4',
    DB_COLLATE: '',
    WP_HTTP_BLOCK_EXTERNAL: true,
    AUTOMATIC_UPDATER_DISABLED: true,
    DISABLE_WP_CRON: true,
    // Autosaves and the heartbeat come while the test is there.
    AUTOSAVE_INTERVAL: 5,
    WP_DEBUG: true,
    WP_DEBUG_DISPLAY: false,
    WP_DEBUG_LOG: join(folder, 'debug.log'),
    ...Object.fromEntries(
      ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].flatMap((name) => [
        [`${name}_KEY`, randomBytes(32).toString('hex')],
        [`${name}_SALT`, randomBytes(32).toString('hex')],
      ]),
    ),
  };
  const lines = Object.entries(constants).map(
    ([name, value]) =>
      `define('${name}', ${typeof value === 'string' ? `'${value}'` : JSON.stringify(value)});`,
  );
  writeFileSync(
    join(root, 'wp-config.php'),
    `<?php\n${lines.join('\n')}\n$table_prefix = 'wp_';\ndefined('ABSPATH') || define('ABSPATH', __DIR__ . '/');\nrequire_once ABSPATH . 'wp-settings.php';\n`,
  );
  return root;
}

/**
 * What a test chooses by options of the site: the editor of the plugin's type, as the plugin “Classic Editor” chooses it;
 * a heartbeat that comes while the test waits for it and not otherwise; a server that takes its time.
 */
const FOR_THE_TEST = `<?php
add_filter( 'use_block_editor_for_post_type', function ( $use, $type ) {
	return $type === 'xxgk_report' ? get_option( 'test_editor' ) === 'block' : $use;
}, 10, 2 );
add_filter( 'heartbeat_settings', function ( $settings ) {
	return get_option( 'test_heartbeat' ) === 'often' ? array( 'interval' => 15 ) + $settings : array( 'minimalInterval' => 600 ) + $settings;
} );
add_action( 'save_post', function () {
	sleep( (int) get_option( 'test_delay' ) );
} );
`;

/** A database and PHP in one group of processes: they end together. */
const SERVE = `mariadbd --no-defaults --datadir="$1/data" --socket="$1/db.sock" --pid-file="$1/db.pid" --user="$2" \
  --skip-networking --character-set-server=utf8mb4 --innodb-buffer-pool-size=64M --innodb-log-file-size=16M &
PHP_CLI_SERVER_WORKERS=6 exec php -d memory_limit=256M -d log_errors=1 -S "$3" -t "$1/wordpress"`;

export async function startWordpress(tools: HostTools): Promise<Site> {
  await tools.install.debian(INSTALLED);
  const files = await unpacked(tools.log);
  const folder = tools.scratch;
  const socket = join(folder, 'db.sock');
  const user = userInfo().username;
  const root = await prepare(folder, files, socket, tools.dist);
  await run(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--datadir=${join(folder, 'data')}`,
      `--user=${user}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ],
    folder,
  );
  const address = `127.0.0.1:${await tools.freePort()}`;
  const url = `http://${address}`;
  const log = join(folder, 'debug.log');
  await startServer('sh', ['-c', SERVE, 'serve', folder, user, address], {
    url: `${url}/readme.html`,
    cwd: folder,
  });

  const sql = (statement: string, database = 'wordpress'): string => {
    const login = ['--no-defaults', `--socket=${socket}`, '--user=root', '--default-character-set=utf8mb4'];
    return told('mariadb', [...login, '-N', '-B', '-r', database], folder, statement).replace(/\n$/, '');
  };
  const php = (code: string): string =>
    told(
      'php',
      ['-d', 'display_errors=stderr'],
      root,
      `<?php $_SERVER['HTTP_HOST'] = '${address}'; require 'wp-load.php'; ${code}`,
    );

  const end = Date.now() + 30_000;
  for (;;) {
    try {
      sql('CREATE DATABASE wordpress CHARACTER SET utf8mb4', '');
      break;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((done) => setTimeout(done, 200));
    }
  }
  await install(url);
  php(SET_UP);
  return {
    url,
    version: php("echo $GLOBALS['wp_version'];"),
    sql,
    php,
    complaints: () =>
      (existsSync(log) ? readFileSync(log, 'utf8') : '')
        .split('\n')
        .filter((line) => line.includes('plugins/xxgk-annual-report')),
  };
}

/** WordPress's own script, as its form sends it. */
async function install(url: string): Promise<void> {
  const answer = await fetch(`${url}/wp-admin/install.php?step=2`, {
    method: 'POST',
    body: new URLSearchParams({
      language: 'zh_CN',
      weblog_title: '某县人民政府',
      user_name: 'admin',
      admin_password: PASSWORD,
      admin_password2: PASSWORD,
      pw_weak: 'on',
      admin_email: 'admin@example.org',
      blog_public: '0',
    }),
  });
  const page = await answer.text();
  if (!answer.ok || !page.includes('wp-login.php'))
    throw new Error(`WordPress was not installed: ${answer.status} ${page.slice(-600)}`);
}

/** Two clerks who may publish, one who writes without the right to unfiltered HTML; no tour, no pictures from elsewhere. */
const SET_UP = `
require_once ABSPATH . 'wp-admin/includes/plugin.php';
$wrong = activate_plugin( 'xxgk-annual-report/xxgk-annual-report.php' );
if ( is_wp_error( $wrong ) ) throw new Exception( $wrong->get_error_message() );
foreach ( array( 'zhang' => 'editor', 'li' => 'editor', 'wang' => 'author' ) as $name => $role ) {
	$id = wp_insert_user( array( 'user_login' => $name, 'user_pass' => '${PASSWORD}', 'role' => $role, 'user_email' => "$name@example.org" ) );
	$tour = array( 'core/edit-post' => array( 'welcomeGuide' => false ), '_modified' => gmdate( 'c' ) );
	update_user_meta( $id, 'wp_persisted_preferences', $tour );
}
update_option( 'show_avatars', '0' );
`;
