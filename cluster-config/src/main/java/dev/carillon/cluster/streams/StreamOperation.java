package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import dev.carillon.channel.StreamPosition;
import dev.carillon.cluster.WireData;
import dev.carillon.cluster.terms.Terms;
import dev.carillon.stream.ChannelStream;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation on the stream of one channel, which it creates when there is none. It answers
 * nothing when there is no room for that. The backups get what was decided, not this processor:
 * they could decide otherwise. Whatever the operation, they confirm that they hold what it answers;
 * one that does not makes the outcome uncertain, and the repetition brings it everything.
 *
 * @param <R> the answer
 */
abstract class StreamOperation<R>
    implements EntryProcessor<String, StoredStream, R>, HazelcastInstanceAware, WireData {

  private static final long serialVersionUID = 1L;

  /**
   * What an operation came to.
   *
   * @param stream as it is now; another one in a new epoch
   * @param changed whether it has to be stored, and lives on from now
   * @param backup what the copies have to do; null for taking the whole stream
   */
  record Done<R>(
      ChannelStream stream, boolean changed, @Nullable BackupOperation<R> backup, R answer) {}

  private transient @Nullable StreamCall call;
  private transient boolean again;
  private transient @Nullable HazelcastInstance grid;
  private transient @Nullable EntryProcessor<String, StoredStream, R> backup;

  /** For Hazelcast, which fills it. */
  StreamOperation() {}

  /**
   * @param again whether the outcome of the same operation was uncertain before: what a backup has
   *     is unknown then
   */
  StreamOperation(StreamCall call, boolean again) {
    this.call = call;
    this.again = again;
  }

  abstract Done<R> run(ChannelStream stream);

  abstract void writeRest(WireWriter out);

  abstract void readRest(WireReader in);

  @Override
  public final @Nullable R process(Map.Entry<String, @Nullable StoredStream> entry) {
    HazelcastInstance member = Filled.filled(grid);
    backup = null;
    long term = Terms.current(member);
    ChannelStream before = call().stream(entry, member);
    if (before == null) {
      return null;
    }
    boolean created = entry.getValue() == null;
    StreamPosition position = before.position();
    Done<R> done = run(before);
    ChannelStream stream = done.stream();
    long lifetime = stream.lifetime(call().retention());
    if (created || done.changed()) {
      StreamCall.store(entry, new StoredStream(stream, term), lifetime);
    }
    BackupOperation<R> difference = created ? null : done.backup();
    backup = (difference == null ? new StreamCopy<R>(stream, lifetime) : difference).in(term);
    if (created || !stream.position().equals(position)) {
      ChangeLogs.of(member).record(call().part(), entry.getKey(), stream.position());
    }
    return done.answer();
  }

  @Override
  public final @Nullable EntryProcessor<String, StoredStream, R> getBackupProcessor() {
    return backup;
  }

  @Override
  public final void setHazelcastInstance(HazelcastInstance instance) {
    grid = instance;
  }

  @Override
  public final void write(WireWriter out) {
    call().write(out);
    out.bool(again);
    writeRest(out);
  }

  @Override
  public final void read(WireReader in) {
    call = StreamCall.read(in);
    again = in.bool();
    readRest(in);
  }

  final StreamCall call() {
    return Filled.filled(call);
  }

  final boolean again() {
    return again;
  }
}
