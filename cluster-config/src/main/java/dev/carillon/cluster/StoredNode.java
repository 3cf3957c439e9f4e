package dev.carillon.cluster;

import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node tells about itself after it has joined: a value of the map {@code carillon.nodes}.
 */
final class StoredNode implements WireData {

  private List<String> publicUrls;

  StoredNode() {
    this(List.of());
  }

  StoredNode(List<String> publicUrls) {
    this.publicUrls = List.copyOf(publicUrls);
  }

  List<String> publicUrls() {
    return publicUrls;
  }

  @Override
  public int getClassId() {
    return WireIds.STORED_NODE;
  }

  @Override
  public void write(WireWriter out) {
    out.varint(publicUrls.size());
    publicUrls.forEach(out::string);
  }

  @Override
  public void read(WireReader in) {
    int count = in.count();
    var urls = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      urls.add(in.string());
    }
    publicUrls = List.copyOf(urls);
  }
}
