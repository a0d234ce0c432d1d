package io.squadron.image;

/** A picture whose pixels are all there. */
record DecodedPicture(Image image) implements Picture {
    @Override
    public Size size() {
        return Size.of(image);
    }

    @Override
    public Image whole() {
        return image;
    }

    @Override
    public Image cut(Box box, Size size) {
        return Resample.to(image, box, size);
    }
}
