package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.Publication;
import dev.carillon.json.JsonWriter;
import dev.carillon.protocol.SentPublication.Form;
import dev.carillon.text.Utf8;
import java.util.List;

/**
 * The fields of one frame in JSON; zero values are left out. A payload that is not JSON makes the
 * whole frame unsayable.
 */
final class JsonFields {

  private final JsonWriter json = new JsonWriter();
  private boolean foreign;

  /** The frame. */
  Bytes encoded() throws ProtocolException {
    if (foreign) {
      throw new ProtocolException(
          Disconnect.INAPPROPRIATE_PROTOCOL, "payload that is not JSON for a client that talks it");
    }
    return json.toBytes();
  }

  JsonFields begin() {
    json.begin('{');
    return this;
  }

  JsonFields begin(String name) {
    json.name(name).begin('{');
    return this;
  }

  JsonFields end() {
    json.end('}');
    return this;
  }

  /** The name of what follows. */
  JsonFields name(String name) {
    json.name(name);
    return this;
  }

  JsonFields text(String name, String value) {
    if (!value.isEmpty()) {
      json.name(name).text(value);
    }
    return this;
  }

  JsonFields number(String name, long value) {
    return value == 0 ? this : always(name, value);
  }

  JsonFields flag(String name, boolean value) {
    if (value) {
      json.name(name).flag(true);
    }
    return this;
  }

  JsonFields raw(String name, Bytes value) {
    if (value.isJson()) {
      json.name(name).raw(value);
    } else {
      foreign |= !value.isEmpty();
    }
    return this;
  }

  JsonFields expiry(long ttl) {
    return flag("expires", ttl > 0).number("ttl", ttl);
  }

  /** A field that is there even if it is empty. */
  JsonFields always(String name, String value) {
    json.name(name).text(value);
    return this;
  }

  /** A field that is there even if it is 0. */
  JsonFields always(String name, long value) {
    json.name(name).number(value);
    return this;
  }

  JsonFields info(ClientInfo info) {
    return begin()
        .always("user", info.user())
        .always("client", info.client())
        .raw("conn_info", info.connInfo())
        .raw("chan_info", info.chanInfo())
        .end();
  }

  /** All of a stream, as they are. */
  JsonFields publications(List<Publication> publications) {
    json.name("publications").begin('[');
    publications.forEach(this::publication);
    json.end(']');
    return this;
  }

  /** Those of a subscription, if there are any. */
  JsonFields sent(List<SentPublication> publications) {
    if (!publications.isEmpty()) {
      json.name("publications").begin('[');
      publications.forEach(this::sent);
      json.end(']');
    }
    return this;
  }

  JsonFields publication(Publication publication) {
    return begin().raw("data", publication.data()).afterData(publication).end();
  }

  /** With delta compression the payload is text: what patches can be applied to. */
  JsonFields sent(SentPublication sent) {
    Publication publication = sent.publication();
    if (sent.form() == Form.PLAIN) {
      return publication(publication);
    }
    foreign |= !publication.data().isJson();
    boolean patch = sent.form() == Form.PATCH && Utf8.isValid(sent.patch().array());
    json.begin('{').name("data").text(patch ? sent.patch() : publication.data());
    return flag("delta", patch).afterData(publication).end();
  }

  private JsonFields afterData(Publication publication) {
    ClientInfo info = publication.info();
    if (info != null) {
      name("info").info(info);
    }
    number("offset", publication.offset());
    if (publication.offset() == 1) {
      // Tells a client that subscribed before the first publication which epoch it is in.
      text("epoch", publication.epoch());
    }
    if (!publication.tags().isEmpty()) {
      begin("tags");
      publication.tags().forEach(this::always);
      end();
    }
    return this;
  }
}
