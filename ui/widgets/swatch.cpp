// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/swatch.h"

#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPixmap>

namespace {
constexpr int side = 16;
}

QIcon swatch(const QColor &colour, const QPalette &palette)
{
    QIcon icon;
    for (const int scale : {1, 2}) {
        QPixmap picture(side * scale, side * scale);
        picture.setDevicePixelRatio(scale);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(colour.isValid() ? QPen(Qt::NoPen) : QPen(theme::tokens(palette).border, 1));
        painter.setBrush(colour.isValid() ? QBrush(colour) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(QRectF(2.5, 2.5, side - 5, side - 5), 3, 3);
        painter.end();
        icon.addPixmap(picture);
    }
    return icon;
}
