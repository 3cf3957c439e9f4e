package dev.carillon.protocol;

import dev.carillon.channel.StreamPosition;
import dev.carillon.json.JsonException;
import dev.carillon.json.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One frame of commands in JSON. A field that is known must have its type, so that no
 * half-understood command is executed; null counts as absent, but as payload; fields that are not
 * known are skipped.
 */
final class JsonDecoder {

  private static final long MAX_ID = 0xFFFF_FFFFL;

  /** All that most clients say for hours: the answers to pings, which need no parser. */
  private static final List<Command> ONLY_PONG = List.of(Pong.PONG);

  private final JsonReader json;

  private JsonDecoder(JsonReader json) {
    this.json = json;
  }

  static List<Command> decode(byte[] frame) throws ProtocolException {
    if (frame.length == 2 && frame[0] == '{' && frame[1] == '}') {
      return ONLY_PONG;
    }
    try {
      JsonReader.checkText(frame);
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
      try (var json = new JsonReader(frame, start, end - start)) {
        commands.add(new JsonDecoder(json).command());
      }
      start = end + 1;
    } while (start < frame.length);
    return commands;
  }

  private Command command() throws IOException, ProtocolException {
    CommandKind kind = null;
    var draft = new CommandDraft();
    long id = 0;
    json.begin();
    while (json.nextField()) {
      String field = json.name();
      CommandKind member = kind == null ? CommandKind.of(field) : null;
      if (json.isNull()) {
        json.skip();
      } else if (field.equals("id")) {
        id = json.number(0, MAX_ID);
      } else if (member != null) {
        kind = member;
        member(member, draft);
      } else {
        json.skip();
      }
    }
    json.end();
    return draft.command(kind, id);
  }

  private void member(CommandKind kind, CommandDraft draft) throws IOException {
    json.beginObject();
    while (json.nextField()) {
      String field = json.name();
      // A payload may be null; any other field that is null is as good as absent.
      if (!kind.has(field) || json.isNull() && !field.equals("data")) {
        json.skip();
      } else {
        field(field, draft);
      }
    }
  }

  private void field(String field, CommandDraft draft) throws IOException {
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
      case "method" -> draft.method = json.text();
      case "headers" -> headers(draft.headers());
      case "subs" -> subs(draft.subs());
      case "tf" -> draft.filter = filter(TagsFilter.MAX_DEPTH);
      default -> throw new IllegalStateException(field + " (expected: a field of CommandKind)");
    }
  }

  private StreamPosition position() throws IOException {
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

  private void headers(Map<String, String> headers) throws IOException {
    json.beginObject();
    while (json.nextField()) {
      String name = json.name();
      headers.put(name, json.isNull() ? "" : json.text());
    }
  }

  private void subs(Map<String, SubscribeRequest> subs) throws IOException {
    json.beginObject();
    while (json.nextField()) {
      String channel = json.name();
      var draft = new CommandDraft();
      if (!json.isNull()) {
        member(CommandKind.SUBSCRIBE, draft);
      }
      draft.channel = channel;
      subs.put(channel, draft.subscribe(0));
    }
  }

  private TagsFilter filter(int depth) throws IOException {
    var draft = new FilterDraft();
    json.beginObject();
    while (json.nextField()) {
      String field = json.name();
      if (json.isNull()) {
        json.skip();
        continue;
      }
      switch (field) {
        case "op" -> draft.op = json.text();
        case "key" -> draft.key = json.text();
        case "cmp" -> draft.cmp = json.text();
        case "val" -> draft.val = json.text();
        case "vals" -> values(draft);
        case "nodes" -> nodes(draft, depth - 1);
        default -> json.skip();
      }
    }
    return draft.filter();
  }

  private void values(FilterDraft draft) throws IOException {
    json.beginArray();
    while (json.nextElement()) {
      draft.vals.add(json.text());
    }
  }

  private void nodes(FilterDraft draft, int depth) throws IOException {
    json.beginArray();
    while (json.nextElement()) {
      if (depth == 0) {
        throw new JsonException("filter too deep (expected: " + TagsFilter.MAX_DEPTH + " at most)");
      }
      draft.nodes.add(filter(depth));
    }
  }
}
