// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/experimentdelegate.h"

#include "models/browse/experimenttable.h"
#include "ui/browse/runstateglyph.h"
#include "ui/widgets/theme.h"

#include <QFontDatabase>
#include <QPainter>

using namespace Qt::StringLiterals;
using Cell = ExperimentTable::Cell;
using Source = TableColumn::Source;

namespace {

constexpr int swatch = 10;
constexpr int eyeSize = 14;
constexpr int eyeRoom = swatch + 5 + eyeSize + 7; // before the name
constexpr int chipGap = 4;
constexpr int chipPadding = 7;

const TableColumn &columnOf(const QModelIndex &index)
{
    return static_cast<const ExperimentTable *>(index.model())->columns()[static_cast<std::size_t>(index.column())];
}

QFont smaller(const QFont &font)
{
    QFont small = font;
    if (font.pixelSize() > 0)
        small.setPixelSize(font.pixelSize() - 1);
    else
        small.setPointSizeF(font.pointSizeF() * 0.92);
    return small;
}

QRect inner(const QStyleOptionViewItem &option)
{
    return option.rect.adjusted(ExperimentDelegate::padding, 0, -ExperimentDelegate::padding, 0);
}

void paintState(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto state = static_cast<api::State>(index.data(ExperimentTable::StateRole).toInt());
    const QRect rect = inner(option);
    const QRect glyph(rect.left(), rect.top(), 16, rect.height());
    if (index.data(ExperimentTable::ArchivedRole).toBool() && state != api::State::Crashed)
        theme::icon(u"application-x-archive"_s).paint(&painter, glyph);
    else
        paintRunState(painter, glyph, state, option.palette);
    const QRect text = rect.adjusted(22, 0, 0, 0);
    constexpr int enoughForWords = 40;
    if (text.width() < enoughForWords)
        return;
    painter.setPen(theme::tokens(option.palette).secondary);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
        option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, text.width()));
}

// As many chips as have room; the rest as "+2".
void paintTags(QPainter &painter, const QStyleOptionViewItem &option, const QStringList &tags)
{
    const theme::Tokens &tokens = theme::tokens(option.palette);
    const QFont font = smaller(option.font);
    const QFontMetrics metrics(font);
    const QRect rect = inner(option);
    painter.setFont(font);
    int left = rect.left();
    for (qsizetype i = 0; i < tags.size(); ++i) {
        const qsizetype after = tags.size() - i - 1;
        const QString more = u"+%1"_s.arg(after + 1);
        const int reserved = after > 0 ? metrics.horizontalAdvance(more) + chipGap : 0;
        const int room = rect.right() - left - reserved - 2 * chipPadding;
        QString text = tags[i].simplified();
        if (metrics.horizontalAdvance(text) > room) {
            constexpr int least = 24;
            if (i > 0 || room < least) {
                painter.setPen(tokens.secondary);
                painter.drawText(QRect(left, rect.top(), rect.right() - left + 1, rect.height()),
                    Qt::AlignVCenter | Qt::AlignLeft, more);
                return;
            }
            text = metrics.elidedText(text, Qt::ElideRight, room);
        }
        const int width = metrics.horizontalAdvance(text) + 2 * chipPadding;
        const int height = metrics.height() + 4;
        const QRectF chip(left, rect.center().y() - height / 2.0 + 0.5, width, height);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.line);
        painter.drawRoundedRect(chip, 5, 5);
        painter.setPen(tokens.text);
        painter.drawText(chip, Qt::AlignCenter, text);
        left += width + chipGap;
    }
}

QColor textColour(Cell cell, const theme::Tokens &tokens)
{
    switch (cell) {
    case Cell::NaN:
        return tokens.bad;
    case Cell::Missing:
    case Cell::NotLoaded:
    case Cell::Empty:
        return tokens.faint;
    case Cell::Fallback:
        return tokens.secondary;
    case Cell::Plain:
        break;
    }
    return tokens.text;
}

} // namespace

QSize ExperimentDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const TableColumn &column = columnOf(index);
    const QString text = index.data().toString() + index.data(ExperimentTable::RoomRole).toString();
    int width = option.fontMetrics.horizontalAdvance(text) + 2 * padding + 2;
    if (column.source == Source::Name)
        width += eyeRoom;
    else if (column.source == Source::State)
        width += 22;
    else if (column.source == Source::Tags)
        width += static_cast<int>(index.data(ExperimentTable::TagsRole).toStringList().size()) * 2 * chipPadding;
    constexpr int widest = 420;
    return {qMin(width, widest), option.fontMetrics.height() + 8};
}

void ExperimentDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    option.fontMetrics = QFontMetrics(option.font);
    const theme::Tokens &tokens = theme::tokens(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(option.rect);
    painter->fillRect(option.rect, selected ? tokens.selection : tokens.base);
    painter->fillRect(QRect(option.rect.bottomLeft(), QSize(option.rect.width(), 1)), tokens.line);
    if (index.column() == m_lineAfter)
        painter->fillRect(QRect(option.rect.right(), option.rect.top(), 1, option.rect.height()), tokens.border);
    painter->setFont(option.font);
    const Source source = columnOf(index).source;
    if (source == Source::Name)
        paintName(*painter, option, index);
    else if (source == Source::State)
        paintState(*painter, option, index);
    else if (const QStringList tags = source == Source::Tags ? index.data(ExperimentTable::TagsRole).toStringList()
                                                             : QStringList();
             !tags.isEmpty())
        paintTags(*painter, option, tags);
    else
        paintText(*painter, option, index);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(tokens.accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -1.5));
    }
    painter->restore();
}

int ExperimentDelegate::eyeEnd(const QRect &cell)
{
    return cell.left() + padding + eyeRoom - 3;
}

void ExperimentDelegate::paintName(
    QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Tokens &tokens = theme::tokens(option.palette);
    const QRect rect = inner(option);
    if (option.state.testFlag(QStyle::State_Selected))
        painter.fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), tokens.accent);
    const QRectF box(rect.left() + 0.5, rect.center().y() - swatch / 2.0 + 0.5, swatch, swatch);
    const QString key = index.data(ExperimentTable::KeyRole).toString();
    const auto charted = m_charted.constFind(key);
    if (charted != m_charted.constEnd()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme::seriesColour(*charted, option.palette));
        painter.drawRoundedRect(box, 3, 3);
    } else {
        painter.setPen(tokens.border);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box, 3, 3);
    }
    const bool isOpen = m_eyes.contains(key);
    painter.setOpacity(isOpen ? 1 : 0.35);
    theme::icon(isOpen ? u"view-visible"_s : u"view-hidden"_s)
        .paint(&painter, QRect(rect.left() + swatch + 5, rect.center().y() - eyeSize / 2 + 1, eyeSize, eyeSize));
    painter.setOpacity(1);
    const Cell cell = index.data(ExperimentTable::CellRole).value<Cell>();
    QFont font = option.font;
    if (cell == Cell::Fallback)
        font.setItalic(true);
    else
        font.setWeight(QFont::Medium);
    painter.setFont(font);
    painter.setPen(textColour(cell, tokens));
    const QRect text = rect.adjusted(eyeRoom, 0, 0, 0);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(index.data().toString().simplified(), Qt::ElideRight, text.width()));
}

void ExperimentDelegate::paintText(
    QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const TableColumn &column = columnOf(index);
    const Cell cell = index.data(ExperimentTable::CellRole).value<Cell>();
    QString text = index.data().toString();
    constexpr qsizetype enough = 400; // a cell shows no more; shaping a novel would cost the frame
    if (text.size() > enough)
        text = text.left(enough) + u'…';
    QFont font = option.font;
    if (cell == Cell::Empty)
        font.setItalic(true);
    if (column.source == Source::Key) {
        font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        font.setPointSizeF(smaller(option.font).pointSizeF() > 0 ? smaller(option.font).pointSizeF() : 9);
    }
    painter.setFont(font);
    painter.setPen(textColour(cell, theme::tokens(option.palette)));
    const QString room = index.data(ExperimentTable::RoomRole).toString();
    const QRect rect = inner(option).adjusted(0, 0, -QFontMetrics(font).horizontalAdvance(room), 0);
    const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    const Qt::TextElideMode elide = column.source == Source::Key ? Qt::ElideMiddle : Qt::ElideRight;
    painter.drawText(rect, static_cast<int>(alignment) | Qt::TextSingleLine | Qt::AlignAbsolute,
        QFontMetrics(font).elidedText(text, elide, rect.width()));
}
