package dev.carillon.protocol;

import dev.carillon.channel.StreamPosition;
import dev.carillon.protobuf.ProtobufException;
import dev.carillon.protobuf.ProtobufReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One frame of commands in Protobuf, with the numbers of client.proto. A field that is known must
 * have its type, so that no half-understood command is executed; fields that are not known are
 * skipped.
 */
final class ProtobufDecoder {

  private static final int ID = 1;

  private ProtobufDecoder() {}

  static List<Command> decode(byte[] frame) throws ProtocolException {
    try {
      var commands = new ArrayList<Command>(2);
      var in = new ProtobufReader(frame);
      do {
        commands.add(command(in.delimited()));
      } while (!in.atEnd());
      return commands;
    } catch (ProtobufException malformed) {
      throw new ProtocolException(Disconnect.BAD_REQUEST, String.valueOf(malformed.getMessage()));
    }
  }

  private static Command command(ProtobufReader in) throws ProtobufException, ProtocolException {
    CommandKind kind = null;
    var draft = new CommandDraft();
    long id = 0;
    while (in.next()) {
      CommandKind member = kind == null ? CommandKind.of(in.field()) : null;
      if (in.field() == ID) {
        id = in.uint32();
      } else if (member != null) {
        kind = member;
        member(member, in.message(), draft);
      } else {
        in.skip();
      }
    }
    return draft.command(kind, id);
  }

  private static void member(CommandKind kind, ProtobufReader in, CommandDraft draft)
      throws ProtobufException {
    while (in.next()) {
      switch (kind) {
        case CONNECT -> connect(in, draft);
        case SUBSCRIBE -> subscribe(in, draft);
        case UNSUBSCRIBE, PRESENCE, PRESENCE_STATS -> channel(in, draft);
        case PUBLISH -> publish(in, draft);
        case HISTORY -> history(in, draft);
        case RPC -> rpc(in, draft);
        case SEND -> send(in, draft);
        case REFRESH -> refresh(in, draft);
        case SUB_REFRESH -> subRefresh(in, draft);
      }
    }
  }

  private static void connect(ProtobufReader in, CommandDraft draft) throws ProtobufException {
    switch (in.field()) {
      case 1 -> draft.token = in.text();
      case 2 -> draft.data = in.bytes();
      case 3 -> sub(in.message(), draft.subs());
      case 4 -> draft.name = in.text();
      case 5 -> draft.version = in.text();
      case 6 -> header(in.message(), draft.headers());
      case 7 -> draft.flag = in.int64();
      default -> in.skip();
    }
  }

  private static void sub(ProtobufReader in, Map<String, SubscribeRequest> subs)
      throws ProtobufException {
    String channel = "";
    var draft = new CommandDraft();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> channel = in.text();
        case 2 -> member(CommandKind.SUBSCRIBE, in.message(), draft);
        default -> in.skip();
      }
    }
    draft.channel = channel;
    subs.put(channel, draft.subscribe(0));
  }

  private static void header(ProtobufReader in, Map<String, String> headers)
      throws ProtobufException {
    String name = "";
    String value = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 -> value = in.text();
        default -> in.skip();
      }
    }
    headers.put(name, value);
  }

  private static void subscribe(ProtobufReader in, CommandDraft draft) throws ProtobufException {
    switch (in.field()) {
      case 1 -> draft.channel = in.text();
      case 2 -> draft.token = in.text();
      case 3 -> draft.recover = in.flag();
      case 6 -> draft.epoch = in.text();
      case 7 -> draft.offset = in.uint64();
      case 8 -> draft.data = in.bytes();
      case 9 -> draft.positioned = in.flag();
      case 10 -> draft.recoverable = in.flag();
      case 11 -> draft.joinLeave = in.flag();
      case 12 -> draft.delta = in.text();
      case 13 -> draft.filter = filter(in.message(), TagsFilter.MAX_DEPTH);
      case 14 -> draft.flag = in.int64();
      case 15 -> draft.type = in.int32();
      default -> in.skip();
    }
  }

  private static TagsFilter filter(ProtobufReader in, int depth) throws ProtobufException {
    if (depth == 0) {
      throw new ProtobufException(
          "filter too deep (expected: " + TagsFilter.MAX_DEPTH + " at most)");
    }
    var draft = new FilterDraft();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> draft.op = in.text();
        case 2 -> draft.key = in.text();
        case 3 -> draft.cmp = in.text();
        case 4 -> draft.val = in.text();
        case 5 -> draft.vals.add(in.text());
        case 6 -> draft.nodes.add(filter(in.message(), depth - 1));
        default -> in.skip();
      }
    }
    return draft.filter();
  }

  private static void channel(ProtobufReader in, CommandDraft draft) throws ProtobufException {
    switch (in.field()) {
      case 1 -> draft.channel = in.text();
      default -> in.skip();
    }
  }

  private static void publish(ProtobufReader in, CommandDraft draft) throws ProtobufException {
    switch (in.field()) {
      case 1 -> draft.channel = in.text();
      case 2 -> draft.data = in.bytes();
      case 3 -> draft.type = in.int32();
      default -> in.skip();
    }
  }

  private static void history(ProtobufReader in, CommandDraft draft) throws ProtobufException {
    switch (in.field()) {
      case 1 -> draft.channel = in.text();
      case 7 -> draft.limit = in.int32();
      case 8 -> draft.since = position(in.message());
      case 9 -> draft.reverse = in.flag();
      default -> in.skip();
    }
  }

  private static StreamPosition position(ProtobufReader in) throws ProtobufException {
    long offset = 0;
    String epoch = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> offset = in.uint64();
        case 2 -> epoch = in.text();
        default -> in.skip();
      }
    }
    return new StreamPosition(offset, epoch);
  }

  private static void rpc(ProtobufReader in, CommandDraft draft) throws ProtobufException {
    switch (in.field()) {
      case 1 -> draft.data = in.bytes();
      case 2 -> draft.method = in.text();
      default -> in.skip();
    }
  }

  private static void send(ProtobufReader in, CommandDraft draft) throws ProtobufException {
    switch (in.field()) {
      case 1 -> draft.data = in.bytes();
      default -> in.skip();
    }
  }

  private static void refresh(ProtobufReader in, CommandDraft draft) throws ProtobufException {
    switch (in.field()) {
      case 1 -> draft.token = in.text();
      default -> in.skip();
    }
  }

  private static void subRefresh(ProtobufReader in, CommandDraft draft) throws ProtobufException {
    switch (in.field()) {
      case 1 -> draft.channel = in.text();
      case 2 -> draft.token = in.text();
      case 3 -> draft.type = in.int32();
      default -> in.skip();
    }
  }
}
