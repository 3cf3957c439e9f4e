package dev.carillon.cluster.terms;

/**
 * What a core node has of that which was acknowledged.
 *
 * @param remembers it took part in a term while all copies were there, and has given up nothing
 *     since
 * @param spread among how many members all copies of the term it is in were; 0: they were not all
 *     made yet, or more members have come since, to which it may have given some of its own
 */
record Memory(boolean remembers, int spread) {

  /** Of a process that has just started, and of one that gives to others what it has. */
  static final Memory NONE = new Memory(false, 0);

  /** There is another term, or more members: whether all copies are there is not known. */
  Memory unspread() {
    return spread == 0 ? this : new Memory(remembers, 0);
  }
}
