// What the content security policy and the assembly ask of every file (README.md).
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const module = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const web = join(module, 'src/main/web');
const pom = readFileSync(join(module, 'pom.xml'), 'utf8');
const files = readdirSync(web, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
const pages = files.filter((file) => file.endsWith('.html'));
const scripts = files.filter((file) => file.endsWith('.js'));
const read = (file) => readFileSync(file, 'utf8');
const importMapOf = (page) =>
  JSON.parse(/<script type="importmap">([\s\S]*?)<\/script>/.exec(read(page))[1]).imports;

test('import maps name the versions that the build unpacks', () => {
  const versions = Object.fromEntries(
    [...pom.matchAll(/<([a-z-]+)\.version>([^<]+)<\/\1\.version>/g)].map(([, name, version]) => [
      name,
      version,
    ]),
  );
  for (const page of pages) {
    for (const [specifier, url] of Object.entries(importMapOf(page))) {
      const [, name, version] = /^\/vendor\/([^/]+)\/([^/]+)\//.exec(url);
      assert.equal(version, versions[name], `${relative(web, page)}: ${specifier}`);
    }
  }
});

test('the import map is the only script in a page, and there is no style', () => {
  for (const page of pages) {
    const inline = [...read(page).matchAll(/<script(?![^>]*\bsrc=)[^>]*>/g)].map(([tag]) => tag);
    assert.deepEqual(inline, ['<script type="importmap">'], relative(web, page));
    assert.doesNotMatch(read(page), /<style|\sstyle=|\son[a-z]+=/, relative(web, page));
  }
});

test('no script writes what the policy blocks', () => {
  for (const script of scripts) {
    assert.doesNotMatch(
      read(script),
      /\sstyle=|<style|styleMap|style-map|innerHTML|outerHTML|insertAdjacentHTML|unsafe|\beval\(/,
      relative(web, script),
    );
  }
});

test('every import leads to a file or to an entry of the import map', () => {
  for (const page of pages) {
    const map = importMapOf(page);
    const folders = [dirname(page), join(web, 'shared')];
    for (const script of scripts.filter((file) => folders.includes(dirname(file)))) {
      for (const [, specifier] of read(script).matchAll(/^import\s[^'"]*['"]([^'"]+)['"]/gm)) {
        const isFound = specifier.startsWith('.')
          ? existsSync(resolve(dirname(script), specifier))
          : isMapped(specifier, map) || script.endsWith('shared/centrifuge.js');
        assert.ok(isFound, `${relative(web, script)} imports ${specifier}`);
      }
    }
  }
});

const isMapped = (specifier, map) =>
  specifier in map ||
  Object.keys(map).some((key) => key.endsWith('/') && specifier.startsWith(key));

test('every file that a page links to exists', () => {
  for (const page of pages) {
    for (const [, url] of read(page).matchAll(/(?:href|src)="(\/[^"]+)"/g)) {
      assert.ok(existsSync(join(web, url)), `${relative(web, page)} links to ${url}`);
    }
  }
});
