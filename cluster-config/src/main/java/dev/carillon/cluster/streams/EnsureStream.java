package dev.carillon.cluster.streams;

import dev.carillon.channel.StreamPosition;
import dev.carillon.stream.ChannelStream;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** Gives a stream a new epoch when it stands before a position that somebody saw. */
public final class EnsureStream extends StreamOperation<StoredPosition> {

  private static final long serialVersionUID = 1L;

  private transient @Nullable StreamPosition observed;

  /** For Hazelcast, which fills it. */
  public EnsureStream() {}

  EnsureStream(StreamCall call, boolean again, StreamPosition observed) {
    super(call, again);
    this.observed = observed;
  }

  @Override
  Done<StoredPosition> run(ChannelStream stream) {
    ChannelStream ensured = stream.ensure(Filled.filled(observed), call().newEpoch(), call().now());
    // Rare enough for a whole copy each time, which also repairs a backup that is behind.
    return new Done<>(ensured, true, null, new StoredPosition(ensured.position()));
  }

  @Override
  public int getClassId() {
    return WireIds.ENSURE;
  }

  @Override
  void writeRest(WireWriter out) {
    StoredPosition.write(Filled.filled(observed), out);
  }

  @Override
  void readRest(WireReader in) {
    observed = StoredPosition.readPosition(in);
  }
}
