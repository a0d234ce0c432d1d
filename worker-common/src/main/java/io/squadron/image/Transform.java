package io.squadron.image;

import io.squadron.random.RandomStream;
import java.io.Serializable;

/** From a decoded image to one of the network's input size. Pure: the same image and stream give the same bytes. */
public interface Transform extends Serializable {
    Image apply(Image image, RandomStream random);
}
