// @ts-check
/**
 * The address is the state: which page, and the filter and order of its table. Pure.
 *
 * @typedef {'nodes' | 'connections'} PageName
 * @typedef {{page: PageName, q: string, sort: string}} Route
 */

export const DEFAULT_SORT = '-since';

/** As in the contract of GET /admin/api/v1/connections. */
export const SORT_KEYS = [
  'client',
  'user',
  'address',
  'transport',
  'node',
  'since',
  'rtt',
  'channels',
  'bytes_in',
  'bytes_out',
  'messages_in',
  'messages_out',
];

/** @param {string} hash @returns {Route} what it does not say, or says wrongly, is the default */
export function routeOf(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const parameters = new URLSearchParams(query);
  const sort = parameters.get('sort') ?? '';
  return {
    page: path === 'nodes' ? 'nodes' : 'connections',
    q: parameters.get('q') ?? '',
    sort: SORT_KEYS.includes(sort.replace(/^-/, '')) ? sort : DEFAULT_SORT,
  };
}

/** @param {Partial<Route>} route @returns {string} */
export function hashOf({ page = 'connections', q = '', sort = DEFAULT_SORT }) {
  const parameters = new URLSearchParams();
  if (q !== '') parameters.set('q', q);
  if (sort !== DEFAULT_SORT) parameters.set('sort', sort);
  const query = parameters.toString();
  return `#/${page}${query === '' ? '' : `?${query}`}`;
}

/**
 * The order after a click on a column: the other way round, or what one wants to see first there.
 *
 * @param {string} sort
 * @param {string} key
 * @param {boolean} largestFirst how this column begins
 */
export function nextSort(sort, key, largestFirst) {
  if (sort === key) return `-${key}`;
  if (sort === `-${key}`) return key;
  return largestFirst ? `-${key}` : key;
}
