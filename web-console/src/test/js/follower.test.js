import assert from 'node:assert/strict';
import test from 'node:test';
import { Follower } from '../../main/web/chat/follower.js';

/** Tells of a change of size when the test says so. */
class FakeResizeObserver {
  static all = [];
  observed = [];

  constructor(resized) {
    this.resized = resized;
    FakeResizeObserver.all.push(this);
  }

  observe(element) {
    this.observed.push(element);
  }
}

function watched() {
  globalThis.ResizeObserver = FakeResizeObserver;
  const box = { scrollTop: 400, scrollHeight: 1000, clientHeight: 600 };
  const content = {};
  const follower = new Follower();
  follower.watch(box, content);
  const observer = FakeResizeObserver.all.pop();
  assert.deepEqual(observer.observed, [box, content]);
  const resize = (change) => {
    Object.assign(box, change);
    observer.resized();
  };
  return { box, follower, resize };
}

const isAtEnd = ({ scrollTop, scrollHeight, clientHeight }) =>
  scrollTop + clientHeight >= scrollHeight;

test('who follows stays at the end when the box gets smaller', () => {
  const { box, resize } = watched();
  resize({ clientHeight: 236 });
  assert.ok(isAtEnd(box));
});

test('who follows stays at the end when lines break anew', () => {
  const { box, resize } = watched();
  resize({ scrollHeight: 1400 });
  assert.ok(isAtEnd(box));
});

test('who reads older messages is left there', () => {
  const { box, follower, resize } = watched();
  box.scrollTop = 100;
  follower.scrolled(box);
  resize({ clientHeight: 236 });
  assert.equal(box.scrollTop, 100);
});

test('who goes back to the end, or nearly, follows again', () => {
  const { box, follower, resize } = watched();
  box.scrollTop = 100;
  follower.scrolled(box);
  follower.toEnd(box);
  resize({ scrollHeight: 1200 });
  assert.ok(isAtEnd(box));
  box.scrollTop = box.scrollHeight - box.clientHeight - 40;
  follower.scrolled(box);
  resize({ clientHeight: 300 });
  assert.ok(isAtEnd(box));
});
