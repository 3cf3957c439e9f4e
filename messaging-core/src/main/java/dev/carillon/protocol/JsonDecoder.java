package dev.carillon.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.carillon.channel.StreamPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One frame of commands in JSON. Stricter than it looks: a field that is known must have its type,
 * so that no half-understood command is executed; fields that are not known are skipped.
 */
final class JsonDecoder {

  /** Deeper than any payload in use, and far from what a recursive reader behind us can't take. */
  private static final int MAX_DEPTH = 256;

  private static final long MAX_ID = 0xFFFF_FFFFL;

  /** Names are not interned: strangers choose them. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final JsonValues json;

  private JsonDecoder(JsonValues json) {
    this.json = json;
  }

  static List<Command> decode(byte[] frame) throws ProtocolException {
    try {
      checkText(frame);
      return commands(frame);
    } catch (IOException malformed) {
      // The message of the parser quotes the payload, so only the kind of failure is kept.
      throw new ProtocolException(
          Disconnect.BAD_REQUEST, "malformed JSON: " + malformed.getClass().getSimpleName());
    }
  }

  /** Commands are separated by one newline each; one more may stand at the end. */
  private static List<Command> commands(byte[] frame) throws IOException, ProtocolException {
    var commands = new ArrayList<Command>(2);
    int start = 0;
    do {
      int end = start;
      while (end < frame.length && frame[end] != '\n') {
        end++;
      }
      commands.add(command(frame, start, end - start));
      start = end + 1;
    } while (start < frame.length);
    return commands;
  }

  private static Command command(byte[] frame, int start, int length)
      throws IOException, ProtocolException {
    try (JsonParser parser = FACTORY.createParser(frame, start, length)) {
      return new JsonDecoder(new JsonValues(parser, frame, start)).command();
    }
  }

  private Command command() throws IOException, ProtocolException {
    CommandKind kind = null;
    CommandDraft draft = new CommandDraft();
    long id = 0;
    json.beginDocument();
    while (json.nextField()) {
      String field = json.name();
      CommandKind member = kind == null ? CommandKind.of(field) : null;
      if (field.equals("id") && !json.isNull()) {
        id = json.number(0, MAX_ID);
      } else if (member != null && !json.isNull()) {
        kind = member;
        member(member, draft);
      } else {
        json.skip();
      }
    }
    json.endDocument();
    return make(kind, id, draft);
  }

  /** Without an id only a message makes sense; everything else without one is a pong. */
  private static Command make(@Nullable CommandKind kind, long id, CommandDraft draft)
      throws ProtocolException {
    if (id == 0 && kind != CommandKind.SEND) {
      return Pong.PONG;
    }
    if (kind == null) {
      throw new ProtocolException(Disconnect.BAD_REQUEST, "command " + id + " without a member");
    }
    return kind.make(id, draft);
  }

  private void member(CommandKind kind, CommandDraft draft) throws IOException, ProtocolException {
    json.beginObject();
    while (json.nextField()) {
      String field = json.name();
      if (!kind.has(field) || json.isNull()) {
        json.skip();
      } else {
        field(field, draft);
      }
    }
  }

  private void field(String field, CommandDraft draft) throws IOException, ProtocolException {
    switch (field) {
      case "channel" -> draft.channel = json.text();
      case "token" -> draft.token = json.text();
      case "name" -> draft.name = json.text();
      case "version" -> draft.version = json.text();
      case "delta" -> draft.delta = json.text();
      case "epoch" -> draft.epoch = json.text();
      case "offset" -> draft.offset = json.number(0, Long.MAX_VALUE);
      case "flag" -> draft.flag = json.number(Long.MIN_VALUE, Long.MAX_VALUE);
      case "type" -> draft.type = (int) json.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "limit" -> draft.limit = (int) json.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "data" -> draft.data = json.raw();
      case "since" -> draft.since = position();
      case "recover" -> draft.recover = json.flag();
      case "positioned" -> draft.positioned = json.flag();
      case "recoverable" -> draft.recoverable = json.flag();
      case "join_leave" -> draft.joinLeave = json.flag();
      case "reverse" -> draft.reverse = json.flag();
      case "tf" -> {
        draft.filtered = true;
        json.skip();
      }
      default -> throw new IllegalStateException(field + " (expected: a field of CommandKind)");
    }
  }

  private StreamPosition position() throws IOException, ProtocolException {
    long offset = 0;
    String epoch = "";
    json.beginObject();
    while (json.nextField()) {
      String field = json.name();
      if (field.equals("offset") && !json.isNull()) {
        offset = json.number(0, Long.MAX_VALUE);
      } else if (field.equals("epoch") && !json.isNull()) {
        epoch = json.text();
      } else {
        json.skip();
      }
    }
    return new StreamPosition(offset, epoch);
  }

  /**
   * The whole frame must be UTF-8, also where the parser only skips. A zero byte is never part of a
   * JSON text, and would make the parser guess UTF-16.
   */
  private static void checkText(byte[] frame) throws IOException, ProtocolException {
    boolean ascii = true;
    for (byte b : frame) {
      if (b == 0) {
        throw new ProtocolException(Disconnect.BAD_REQUEST, "zero byte in a JSON frame");
      }
      ascii &= b > 0;
    }
    if (!ascii) {
      checkUtf8(frame);
    }
  }

  private static void checkUtf8(byte[] frame) throws IOException {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(frame);
    var out = CharBuffer.allocate(Math.min(frame.length, 1024));
    var outcome = decoder.decode(in, out, true);
    while (outcome.isOverflow()) {
      out.clear();
      outcome = decoder.decode(in, out, true);
    }
    if (outcome.isError()) {
      outcome.throwException();
    }
  }
}
