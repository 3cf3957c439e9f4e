package dev.carillon.cluster.streams;

import dev.carillon.cluster.WireData;
import dev.carillon.stream.ChangeVersion;
import dev.carillon.stream.Changes;
import dev.carillon.stream.StreamChange;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** {@link Changes} of several partitions as an answer. */
public final class StoredChanges implements WireData {

  private List<Changes> changes = List.of();

  /** For Hazelcast, which fills it. */
  public StoredChanges() {}

  StoredChanges(List<Changes> changes) {
    this.changes = List.copyOf(changes);
  }

  List<Changes> changes() {
    return changes;
  }

  @Override
  public int getClassId() {
    return WireIds.STORED_CHANGES;
  }

  @Override
  public void write(WireWriter out) {
    out.varint(changes.size());
    for (Changes each : changes) {
      out.varint(each.part());
      write(each.upTo(), out);
      out.bool(each.lost()).varint(each.changes().size());
      for (StreamChange change : each.changes()) {
        out.string(change.channel());
        StoredPosition.write(change.top(), out);
      }
    }
  }

  @Override
  public void read(WireReader in) {
    int count = in.count();
    List<Changes> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(new Changes(in.int32(), readVersion(in), in.bool(), readChanges(in)));
    }
    changes = List.copyOf(all);
  }

  private static List<StreamChange> readChanges(WireReader in) {
    int count = in.count();
    List<StreamChange> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(new StreamChange(in.string(), StoredPosition.readPosition(in)));
    }
    return all;
  }

  static void write(ChangeVersion version, WireWriter out) {
    out.int64(version.log()).varint(version.version());
  }

  static ChangeVersion readVersion(WireReader in) {
    return new ChangeVersion(in.int64(), in.varint());
  }
}
