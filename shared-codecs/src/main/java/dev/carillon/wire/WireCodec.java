package dev.carillon.wire;

/**
 * Writes and reads one type. The two are exact inverses; the bytes are fixed by golden tests, and a
 * change of them is a change of {@link WireIds#VERSION}.
 *
 * @param <T> the type, immutable
 */
public interface WireCodec<T> {

  /** From {@link WireIds}; never reused for another type. */
  int id();

  Class<T> type();

  void write(T value, WireWriter out);

  /**
   * @throws WireException when the bytes are not what {@link #write} produces
   */
  T read(WireReader in);

  /** The value with its version byte and id in front, as it leaves the process. */
  default byte[] encode(T value) {
    WireWriter out = new WireWriter(64);
    out.u8(WireIds.VERSION).varint(id());
    write(value, out);
    return out.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws WireException when version, id or content are others
   */
  default T decode(byte[] bytes) {
    WireReader in = new WireReader(bytes);
    int version = in.u8();
    if (version != WireIds.VERSION) {
      throw new WireException("wire version " + version + " (expected: " + WireIds.VERSION + ")");
    }
    long id = in.varint();
    if (id != id()) {
      throw new WireException("type id " + id + " (expected: " + id() + ")");
    }
    T value = read(in);
    if (in.remaining() > 0) {
      throw new WireException(in.remaining() + " bytes left over (expected: none)");
    }
    return value;
  }
}
