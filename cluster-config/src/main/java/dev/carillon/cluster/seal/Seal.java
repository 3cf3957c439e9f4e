package dev.carillon.cluster.seal;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.PublicationCodec;
import dev.carillon.wire.WireException;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Makes ciphertext of what a publication says, and the publication of it again: AES-256-GCM (NIST
 * SP 800-38D) over payload, info and tags. The name of the channel is authenticated with it, so
 * that nothing can be moved to another channel. Offset, epoch and time are given later, by the
 * owner of the stream, and stay readable. Safe to call from any thread.
 *
 * <p>Sealed data: a version byte, 8 bytes that name the key, the nonce of 12 bytes, ciphertext, and
 * a tag of 16 bytes.
 */
public final class Seal {

  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 1 + PayloadKey.ID_BYTES + Nonces.BYTES;
  private static final int TAG_BYTES = 16;

  /** A cipher is made anew for each message, but finding it is the dearer half of that. */
  private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(Seal::cipher);

  private final PayloadKeys keys;
  private final Nonces nonces;

  public Seal(PayloadKeys keys) {
    this.keys = keys;
    this.nonces = new Nonces();
  }

  /** The same publication with nothing to read in it; key and delta flag stay as they are. */
  NewPublication seal(String channel, NewPublication publication) {
    byte[] plain = plain(publication);
    byte[] nonce = nonces.next();
    var key = keys.all().get(0);
    var sealed =
        ByteBuffer.allocate(HEAD_BYTES + plain.length + TAG_BYTES)
            .put(VERSION)
            .put(key.idBytes())
            .put(nonce);
    try {
      var cipher = CIPHERS.get();
      cipher.init(Cipher.ENCRYPT_MODE, key.secret(), parameters(nonce));
      cipher.updateAAD(channel.getBytes(StandardCharsets.UTF_8));
      cipher.doFinal(ByteBuffer.wrap(plain), sealed);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-256-GCM (expected: in every JDK)", impossible);
    }
    return new NewPublication(
        Bytes.of(sealed.array(), false),
        null,
        Map.of(),
        publication.delta(),
        publication.idempotencyKey());
  }

  /**
   * What was sealed, at the position of what was stored.
   *
   * @throws UnreadablePayload when it is not sealed, with an unknown key, or not as it was
   */
  Publication open(String channel, Publication stored) {
    byte[] sealed = stored.data().array();
    if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] != VERSION) {
      throw unreadable(channel, stored, "is not sealed", "one that a payload key has sealed");
    }
    var id = HexFormat.of().formatHex(sealed, 1, 1 + PayloadKey.ID_BYTES);
    var key =
        keys.all().stream()
            .filter(candidate -> candidate.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    unreadable(
                        channel,
                        stored,
                        "is sealed with key " + id,
                        "one of " + keys.trust().accepted()));
    try {
      byte[] nonce = Arrays.copyOfRange(sealed, 1 + PayloadKey.ID_BYTES, HEAD_BYTES);
      var cipher = CIPHERS.get();
      cipher.init(Cipher.DECRYPT_MODE, key.secret(), parameters(nonce));
      cipher.updateAAD(channel.getBytes(StandardCharsets.UTF_8));
      return opened(stored, cipher.doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES));
    } catch (AEADBadTagException changed) {
      throw unreadable(channel, stored, "was changed", "what key " + id + " has sealed for it");
    } catch (GeneralSecurityException | WireException impossible) {
      throw new IllegalStateException("AES-256-GCM (expected: what was sealed)", impossible);
    }
  }

  private static byte[] plain(NewPublication publication) {
    var out = new WireWriter(publication.data().length() + 64);
    PublicationCodec.writeContent(publication, out);
    return out.toByteArray();
  }

  private static Publication opened(Publication stored, byte[] plain) {
    var content = PublicationCodec.readContent(new WireReader(plain)).withDelta(stored.delta());
    return content.at(stored.offset(), stored.epoch(), stored.time());
  }

  private static UnreadablePayload unreadable(
      String channel, Publication stored, String what, String expected) {
    return new UnreadablePayload(
        "publication "
            + stored.offset()
            + " of "
            + channel
            + " in epoch "
            + stored.epoch()
            + " "
            + what
            + " (expected: "
            + expected
            + ")");
  }

  private static GCMParameterSpec parameters(byte[] nonce) {
    return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce);
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-256-GCM (expected: in every JDK)", impossible);
    }
  }
}
