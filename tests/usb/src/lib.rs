//! A virtual USB bus for stock Chromium: libudev and usbfs stood in for by LD_PRELOAD.
