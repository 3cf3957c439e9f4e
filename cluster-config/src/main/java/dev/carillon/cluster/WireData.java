package dev.carillon.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.carillon.wire.WireException;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.io.IOException;

/**
 * What Hazelcast stores or sends for us: one byte array that begins with the wire version. The
 * class has a constructor without arguments, a line in {@link WireFactory}, and golden bytes in the
 * tests.
 */
public interface WireData extends IdentifiedDataSerializable {

  void write(WireWriter out);

  /** Fills this empty object with what {@link #write} wrote. */
  void read(WireReader in);

  @Override
  default int getFactoryId() {
    return WireIds.FACTORY;
  }

  /** The bytes as they leave the process. */
  default byte[] encode() {
    WireWriter out = new WireWriter(64);
    out.u8(WireIds.VERSION);
    write(out);
    return out.toByteArray();
  }

  /**
   * Fills this empty object.
   *
   * @throws WireException when the bytes are not what {@link #encode} made
   */
  default void decode(byte[] bytes) {
    WireReader in = new WireReader(bytes);
    int version = in.u8();
    if (version != WireIds.VERSION) {
      throw new WireException("wire version " + version + " (expected: " + WireIds.VERSION + ")");
    }
    read(in);
    if (in.remaining() > 0) {
      throw new WireException(in.remaining() + " bytes left over (expected: none)");
    }
  }

  @Override
  default void writeData(ObjectDataOutput out) throws IOException {
    out.writeByteArray(encode());
  }

  @Override
  default void readData(ObjectDataInput in) throws IOException {
    byte[] bytes = in.readByteArray();
    if (bytes == null) {
      throw new WireException("no bytes (expected: a value of type " + getClassId() + ")");
    }
    decode(bytes);
  }
}
