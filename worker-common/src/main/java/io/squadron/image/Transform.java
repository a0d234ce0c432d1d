package io.squadron.image;

import io.squadron.random.RandomStream;
import java.io.Serializable;

/** From an image to one of the network's input size. Pure: the same image and stream give the same bytes. */
public interface Transform extends Serializable {
    Image apply(Image image, RandomStream random);

    /** The same of a picture not yet decoded, of which only what is needed may be. */
    default Image apply(Picture picture, RandomStream random) {
        return apply(picture.whole(), random);
    }
}
