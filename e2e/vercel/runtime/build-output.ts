import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A condition of a route: a part of the request has this value. */
export interface Condition {
  type: 'header' | 'host' | 'query' | 'cookie';
  key?: string;
  value?: string;
}

/** A route of `config.json`; see vercel.com/docs/build-output-api. */
export interface Route {
  handle?: string;
  src?: string;
  dest?: string;
  headers?: Record<string, string>;
  methods?: string[];
  has?: Condition[];
  missing?: Condition[];
  status?: number;
  continue?: boolean;
  check?: boolean;
  middlewarePath?: string;
}

interface OutputConfig {
  routes: Route[];
  overrides?: Record<string, { path?: string; contentType?: string }>;
}

interface FunctionConfig {
  handler: string;
  runtime: string;
  maxDuration?: number;
  useWebApi?: boolean;
  environment?: Record<string, string>;
  /** File in the function → file in the project. */
  filePathMap?: Record<string, string>;
}

/** A function that is deployed. Other paths are links to it. */
export interface BuiltFunction {
  name: string;
  folder: string;
  config: FunctionConfig;
}

/** The output of `vercel build`: `.vercel/output`. */
export class BuildOutput {
  readonly folder: string;
  readonly config: OutputConfig;

  constructor(readonly project: string) {
    this.folder = join(project, '.vercel/output');
    this.config = JSON.parse(readFileSync(join(this.folder, 'config.json'), 'utf8'));
  }

  /** The function that serves this path, which is a link in most cases; null if there is none. */
  functionAt(path: string): BuiltFunction | null {
    const link = join(this.folder, 'functions', `${path}.func`);
    if (!statSync(link, { throwIfNoEntry: false })) return null;
    const folder = realpathSync(link);
    const name = relative(join(this.folder, 'functions'), folder).replace(/\.func$/, '');
    return {
      name,
      folder,
      config: JSON.parse(readFileSync(join(folder, '.vc-config.json'), 'utf8')),
    };
  }

  /** Every function once, by name. */
  functions(): BuiltFunction[] {
    const root = join(this.folder, 'functions');
    const names = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name.endsWith('.func'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replace(/\.func$/, ''));
    return names
      .sort()
      .map((name) => this.functionAt(name))
      .filter((found) => found !== null);
  }

  /** The files of a function: path in the function → absolute path. */
  filesOf({ folder, config }: BuiltFunction): Map<string, string> {
    const files = new Map(
      Object.entries(config.filePathMap ?? {}).map(([path, source]) => [path, join(this.project, source)]),
    );
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && entry.name !== '.vc-config.json') files.set(relative(folder, path), path);
    }
    return files;
  }
}
