package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.ClientInfoCodec;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.PublicationCodec;
import dev.carillon.cluster.WireData;
import dev.carillon.stream.ChannelStream;
import dev.carillon.stream.IdempotencyKey;
import dev.carillon.stream.Retention;
import dev.carillon.stream.StoredPublication;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Appends publications to the stream of a channel, in one step; answers nothing when the stream
 * does not exist and there is no room for it. The backups get what was decided, not this processor:
 * they could decide otherwise.
 */
public final class Append
    implements EntryProcessor<String, StoredStream, StoredAppend>,
        HazelcastInstanceAware,
        WireData {

  private static final long serialVersionUID = 1L;
  private static final ClientInfoCodec INFO = new ClientInfoCodec();

  /** A publication with its key, which travels as 16 bytes whatever its length was. */
  record Entry(NewPublication publication, IdempotencyKey key) {

    static Entry of(NewPublication publication) {
      IdempotencyKey key = IdempotencyKey.of(publication.idempotencyKey());
      return new Entry(publication.withIdempotencyKey(""), key);
    }
  }

  private transient @Nullable StreamCall call;
  private transient boolean again;
  private transient List<Entry> entries = List.of();
  private transient @Nullable HazelcastInstance grid;
  private transient @Nullable EntryProcessor<String, StoredStream, StoredAppend> backup;

  /** For Hazelcast, which fills it. */
  public Append() {}

  /**
   * @param again whether the outcome of the same operation was uncertain before
   */
  Append(StreamCall call, boolean again, List<Entry> entries) {
    this.call = call;
    this.again = again;
    this.entries = List.copyOf(entries);
  }

  @Override
  public @Nullable StoredAppend process(Map.Entry<String, @Nullable StoredStream> entry) {
    ChannelStream stream = call().stream(entry, grid());
    backup = null;
    if (stream == null) {
      return null;
    }
    boolean created = entry.getValue() == null;
    Retention retention = call().retention();
    List<StoredPublication> stored = new ArrayList<>(entries.size());
    for (Entry each : entries) {
      stored.add(stream.append(each.publication(), each.key(), retention, call().now()));
    }
    StreamCall.store(entry, stream, stream.lifetime(retention));
    List<StoredPublication> fresh = stored.stream().filter(one -> !one.duplicate()).toList();
    // The outcome may have been uncertain because a backup did not answer. What that backup has is
    // unknown, so it gets everything.
    backup =
        created || again && fresh.size() < stored.size()
            ? new StreamCopy<>(stream, stream.lifetime(retention))
            : new AppendBackup(stream.position(), fresh, retention);
    return StoredAppend.of(stream.position().epoch(), stored);
  }

  @Override
  public @Nullable EntryProcessor<String, StoredStream, StoredAppend> getBackupProcessor() {
    return backup;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    grid = instance;
  }

  @Override
  public int getClassId() {
    return WireIds.APPEND;
  }

  @Override
  public void write(WireWriter out) {
    call().write(out);
    out.bool(again).varint(entries.size());
    for (Entry entry : entries) {
      StoredStream.writeKey(entry.key(), out);
      out.payload(entry.publication().data());
      ClientInfo info = entry.publication().info();
      out.bool(info != null);
      if (info != null) {
        INFO.write(info, out);
      }
      PublicationCodec.writeTags(entry.publication().tags(), out);
      out.bool(entry.publication().delta());
    }
  }

  @Override
  public void read(WireReader in) {
    call = StreamCall.read(in);
    again = in.bool();
    int count = in.count();
    List<Entry> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(readEntry(in));
    }
    entries = List.copyOf(all);
  }

  private static Entry readEntry(WireReader in) {
    IdempotencyKey key = StoredStream.readKey(in);
    Bytes data = in.payload();
    ClientInfo info = in.bool() ? INFO.read(in) : null;
    Map<String, String> tags = PublicationCodec.readTags(in);
    return new Entry(new NewPublication(data, info, tags, in.bool(), ""), key);
  }

  private StreamCall call() {
    return Filled.filled(call);
  }

  private HazelcastInstance grid() {
    return Filled.filled(grid);
  }
}
