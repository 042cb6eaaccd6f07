// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/comparison/plotcolours.h"

#include "ui/widgets/theme.h"

#include <QLinearGradient>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

constexpr int shades = 48; // of a scale of numbers
constexpr int mostNamed = 8; // categories in the legend

// Viridis (van der Walt and Smith, 2015), of which even lightness is the point: five of its colours. On dark ground
// its darkest end would not be seen.
constexpr std::array<QRgb, 5> viridis{0xff440154, 0xff3b528b, 0xff21918c, 0xff5ec962, 0xfffde725};
constexpr double darkStart = 0.2;
constexpr double lightEnd = 0.9; // the yellow end on light ground

QColor shade(double part, bool isDark)
{
    part = isDark ? darkStart + part * (1 - darkStart) : part * lightEnd;
    const double place = part * (viridis.size() - 1);
    const auto left = std::min(static_cast<std::size_t>(place), viridis.size() - 2);
    const double rest = place - static_cast<double>(left);
    const QColor one(viridis[left]);
    const QColor other(viridis[left + 1]);
    const auto mixed = [rest](int a, int b) { return static_cast<int>(std::lround(a + rest * (b - a))); };
    return {mixed(one.red(), other.red()), mixed(one.green(), other.green()), mixed(one.blue(), other.blue())};
}

} // namespace

PlotColours::PlotColours(const std::optional<PlotColumn> &column, const QPalette &palette)
    : m_column(column)
    , m_colours{theme::tokens(palette).accent}
{
    if (!column)
        return;
    m_colours.clear();
    m_scale = PlotScale(*column, PlotScale::isWide(*column));
    const bool isDark = theme::isDark(palette);
    if (column->kind == PlotColumn::Kind::Category) {
        const auto count = std::clamp(static_cast<int>(column->categories.size()), 1, theme::seriesColourCount);
        for (int i = 0; i < count; ++i)
            m_colours.push_back(theme::seriesColour(i, palette));
    } else {
        for (int i = 0; i < shades; ++i)
            m_colours.push_back(shade(i / (shades - 1.0), isDark));
    }
    m_colours.push_back(theme::tokens(palette).border); // has no value
}

std::size_t PlotColours::indexOf(std::size_t experiment) const
{
    if (!m_column)
        return 0;
    const std::size_t last = m_colours.size() - 1;
    const double value = experiment < m_column->values.size() ? m_column->values[experiment] : std::nan("");
    if (!std::isfinite(value))
        return last;
    if (m_column->kind == PlotColumn::Kind::Category)
        return static_cast<std::size_t>(value) % last;
    const double position = std::clamp(m_scale.position(value), 0.0, 1.0);
    return static_cast<std::size_t>(std::lround(position * (shades - 1)));
}

void PlotColours::paintLegend(QPainter &painter, const QRectF &area, const QPalette &palette) const
{
    if (!m_column || m_column->range().isEmpty())
        return;
    const theme::Tokens &tokens = theme::tokens(palette);
    const QFontMetricsF metrics(painter.font());
    const double middle = area.center().y();
    double x = area.left();
    const auto say = [&](const QString &text, const QColor &colour, double most) {
        const QString shown = metrics.elidedText(text, Qt::ElideMiddle, most);
        painter.setPen(colour);
        painter.drawText(QRectF(x, area.top(), most, area.height()), Qt::AlignVCenter | Qt::AlignLeft, shown);
        x += metrics.horizontalAdvance(shown) + 8;
    };
    say(m_column->title, tokens.secondary, area.width() * 0.35);
    if (m_column->kind != PlotColumn::Kind::Category) {
        const PlotColumn::Range range = m_column->range();
        say(m_column->text(range.low), tokens.text, area.width() * 0.2);
        const QRectF bar(x, middle - 5, 120, 10);
        QLinearGradient gradient(bar.topLeft(), bar.topRight());
        for (int i = 0; i < shades; ++i)
            gradient.setColorAt(i / (shades - 1.0), m_colours[static_cast<std::size_t>(i)]);
        painter.fillRect(bar, gradient);
        x = bar.right() + 8;
        say(m_column->text(range.high), tokens.text, area.right() - x);
        return;
    }
    for (int i = 0; i < m_column->categories.size() && x < area.right() - 30; ++i) {
        if (i == mostNamed) {
            say(QStringLiteral("…"), tokens.secondary, 20);
            break;
        }
        painter.setBrush(m_colours[static_cast<std::size_t>(i) % (m_colours.size() - 1)]);
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(QRectF(x, middle - 5, 10, 10), 2, 2);
        x += 14;
        say(m_column->categories.at(i), tokens.text, std::min(140.0, area.right() - x));
    }
}
