package dev.carillon.cluster.terms;

/**
 * What a core node has of that which was acknowledged.
 *
 * @param remembers it took part in a term while all copies were there, and has given up nothing
 *     since
 * @param among how many members all copies of the term it is in are among; 0: they were not all
 *     made yet, or more members have come since, to which it may have given some of its own
 * @param changes of the members that it was told of since it started
 */
record Memory(boolean remembers, int among, int changes) {

  /** Of a process that has just started. */
  static final Memory NONE = new Memory(false, 0, 0);

  /** All copies were made, among so many members; 0: others may come. */
  Memory whole(int members) {
    return new Memory(true, members, changes);
  }

  /** There is another term, or more members: whether all copies are there is not known. */
  Memory unsure() {
    return among == 0 ? this : new Memory(remembers, 0, changes);
  }

  /** So many nodes have copies, or may be given some; with more than before it may give up its. */
  Memory changed(int nodes) {
    return new Memory(remembers, nodes <= among ? among : 0, changes + 1);
  }

  /** It gives to others what it has. */
  Memory given() {
    return new Memory(false, 0, changes);
  }
}
