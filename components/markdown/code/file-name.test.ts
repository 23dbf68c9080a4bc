import { expect, it } from 'vitest';
import { fileName } from './file-name';

it.each<[string | null, string]>([
  [null, 'code.txt'],
  ['python', 'code.py'],
  ['TypeScript', 'code.ts'],
  ['c++', 'code.cpp'],
  ['sql', 'code.sql'],
  ['Dockerfile', 'Dockerfile'],
  ['../../etc/passwd', 'code.etcpasswd'],
  ['constructor', 'code.constructor'],
  ['中文', 'code.txt'],
])('code in %s is downloaded as %s', (language, name) => {
  expect(fileName(language)).toBe(name);
});
