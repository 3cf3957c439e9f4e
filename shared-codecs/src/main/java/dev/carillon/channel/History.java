package dev.carillon.channel;

import java.util.List;

/**
 * A part of a stream together with the top of the stream at the moment of reading.
 *
 * @param top position of the newest publication, its epoch is never empty
 * @param publications in the order asked for; when the query's epoch was another one, empty
 */
public record History(StreamPosition top, List<Publication> publications) {

  public History {
    publications = List.copyOf(publications);
  }
}
